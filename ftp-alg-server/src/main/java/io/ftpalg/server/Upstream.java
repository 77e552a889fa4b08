package io.ftpalg.server;

import io.ftpalg.policy.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.util.Locale;
import java.util.Optional;

/**
 * The server of {@code --upstream}: {@code host[:port]}, or a URL that says how it is protected.
 *
 * @param scheme what came before {@code ://}, if anything did
 * @param server the server
 */
record Upstream(Optional<Scheme> scheme, HostPort server) {
    private static final String SEPARATOR = "://";

    /** How a server is spoken to, by the schemes that clients know. */
    enum Scheme {
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

        ServerTls tls() {
            return tls;
        }
    }

    /** Returns the server that the text names, or nothing. */
    static Optional<Upstream> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return HostPort.parse(text).map(server -> new Upstream(Optional.empty(), server));
        }
        for (Scheme scheme : Scheme.values()) {
            if (scheme.name().equals(text.substring(0, end).toUpperCase(Locale.ROOT))) {
                String server = text.substring(end + SEPARATOR.length());
                return HostPort.parse(server.endsWith("/") ? server.substring(0, server.length() - 1) : server, scheme.port)
                        .map(found -> new Upstream(Optional.of(scheme), found));
            }
        }
        return Optional.empty();
    }
}
