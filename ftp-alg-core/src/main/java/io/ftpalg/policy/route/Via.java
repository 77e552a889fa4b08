package io.ftpalg.policy.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxies through which a server is connected to: its control connection, its data connections and its health checks.
 * Immutable.
 *
 * @param tunnels the proxies, the one nearest to the gateway first; each is asked to connect to the next, the last one to the
 *     server, by name: whoever connects looks the name up
 * @param ftp the FTP proxy behind those, if there is one: it is the server that the gateway connects to, and the login names the
 *     server behind it; with those at most {@value #MOST}
 */
public record Via(List<TunnelProxy> tunnels, Optional<FtpProxy> ftp) {
    /** More than two add nothing but delay. */
    public static final int MOST = 2;

    /** Directly to the server. */
    public static final Via NONE = new Via(List.of(), Optional.empty());

    public Via {
        tunnels = List.copyOf(tunnels);
        int all = tunnels.size() + (ftp.isPresent() ? 1 : 0);
        if (all > MOST) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " proxies follow one another, not " + all + ": leave some out");
        }
    }

    /** Makes the way through these proxies, none of which knows FTP. */
    public Via(List<TunnelProxy> tunnels) {
        this(tunnels, Optional.empty());
    }

    /** Returns whether a proxy looks up the names of servers, by whatever protocol. */
    public boolean looksNamesUp() {
        return isTunnel() || ftp.isPresent();
    }

    /** Returns whether connections are made through a SOCKS or HTTP proxy. */
    public boolean isTunnel() {
        return !tunnels.isEmpty();
    }

    @Override
    public String toString() {
        return Stream.concat(tunnels.stream(), ftp.stream())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
