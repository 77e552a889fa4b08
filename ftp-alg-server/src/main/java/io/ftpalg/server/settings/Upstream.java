package io.ftpalg.server.settings;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.PoolServer;
import java.util.Locale;
import java.util.Optional;

/**
 * A server, or several that DNS lists: {@code host[:port]}, a service (SRV), or a URL whose scheme sets the protection.
 *
 * @param scheme what came before {@code ://}, if anything did
 * @param server the server, unless it is a service
 * @param service the name of the service (SRV), or empty text
 */
public record Upstream(Optional<Scheme> scheme, Optional<HostPort> server, String service) {
    private static final String SEPARATOR = "://";

    /** How a server is connected to, by the schemes of URLs. */
    public enum Scheme {
        /** In the clear. */
        FTP(ServerTls.OFF, HostPort.DEFAULT_PORT),
        /** TLS after AUTH, or no session. */
        FTPES(ServerTls.explicit(ServerTls.Mode.REQUIRED), HostPort.DEFAULT_PORT),
        /** TLS from the first byte. */
        FTPS(ServerTls.implicitly(), 990);

        private final ServerTls tls;
        private final int port;

        Scheme(ServerTls tls, int port) {
            this.tls = tls;
            this.port = port;
        }

        /** Returns how a server of this scheme is protected. */
        public ServerTls tls() {
            return tls;
        }
    }

    /** Returns the server without a scheme. */
    public static Upstream of(HostPort server) {
        return new Upstream(Optional.empty(), Optional.of(server), "");
    }

    /** Returns the server that the text names, or nothing. */
    public static Optional<Upstream> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return parse(Optional.empty(), text, HostPort.DEFAULT_PORT);
        }
        for (Scheme scheme : Scheme.values()) {
            if (scheme.name().equals(text.substring(0, end).toUpperCase(Locale.ROOT))) {
                String server = text.substring(end + SEPARATOR.length());
                return parse(
                        Optional.of(scheme),
                        server.endsWith("/") ? server.substring(0, server.length() - 1) : server,
                        scheme.port);
            }
        }
        return Optional.empty();
    }

    private static Optional<Upstream> parse(Optional<Scheme> scheme, String name, int port) {
        if (!PoolServer.isService(name)) {
            return HostPort.parse(name, port).map(server -> new Upstream(scheme, Optional.of(server), ""));
        }
        try {
            PoolServer service = PoolServer.service(name, ServerTls.OFF);
            return Optional.of(new Upstream(scheme, Optional.empty(), service.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns its name as people write it. */
    public String name() {
        return server.map(HostPort::toString).orElse(service);
    }

    /** Returns it as a server of a pool with this protection. */
    public PoolServer inPool(ServerTls protection) {
        return server.map(host -> PoolServer.of(host, protection))
                .orElseGet(() -> PoolServer.service(service, protection));
    }
}
