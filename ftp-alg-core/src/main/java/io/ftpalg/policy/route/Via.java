package io.ftpalg.policy.route;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The proxies through which a server is connected to: its control connection, its data connections and its health checks.
 * Immutable.
 *
 * @param tunnels the proxies, the one nearest to the gateway first, at most {@value #MOST}; each is asked to connect to the next,
 *     the last one to the server, by name: whoever connects looks the name up
 */
public record Via(List<TunnelProxy> tunnels) {
    /** More than two add nothing but delay. */
    public static final int MOST = 2;

    /** Directly to the server. */
    public static final Via NONE = new Via(List.of());

    public Via {
        tunnels = List.copyOf(tunnels);
        if (tunnels.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most " + MOST + " proxies follow one another, not " + tunnels.size() + ": leave some out");
        }
    }

    /** Returns whether servers are connected to through a proxy, which looks their names up. */
    public boolean isTunnel() {
        return !tunnels.isEmpty();
    }

    @Override
    public String toString() {
        return tunnels.stream().map(TunnelProxy::toString).collect(Collectors.joining(", "));
    }
}
