package io.ftpalg.policy.route;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.util.Optional;

/**
 * A proxy that connects to a host and port for the gateway, and passes bytes from there on. Immutable.
 *
 * @param protocol how it is asked to connect
 * @param address its name or address, and its port
 * @param user the user there, if it wants one
 * @param password that user's password; none with SOCKS4a
 */
public record TunnelProxy(Protocol protocol, HostPort address, Optional<String> user, Optional<Secret> password) {
    /** RFC 1929 section 2 has one byte for a length. */
    private static final int LONGEST = 255;

    /** How a proxy is asked to connect. */
    public enum Protocol {
        /** SOCKS version 5 (RFC 1928), with user and password if given (RFC 1929). */
        SOCKS5("socks5", 1080),
        /** SOCKS version 4 with host names (SOCKS 4A). */
        SOCKS4A("socks4a", 1080),
        /** The CONNECT method of HTTP (RFC 9110 section 9.3.6), with Basic credentials if given (RFC 7617). */
        HTTP("http", 8080);

        private final String text;
        private final int port;

        Protocol(String text, int port) {
            this.text = text;
            this.port = port;
        }

        /** Returns its name as people write it, the scheme of a URL. */
        public String text() {
            return text;
        }

        /** Returns the port of a proxy that names none. */
        public int port() {
            return port;
        }
    }

    public TunnelProxy {
        if (password.isPresent() && user.isEmpty()) {
            throw new IllegalArgumentException("a password needs a user: give both");
        }
        if (protocol == Protocol.SOCKS4A && password.isPresent()) {
            throw new IllegalArgumentException("SOCKS4a has no passwords: leave it out, or use SOCKS5");
        }
        if (protocol != Protocol.SOCKS4A && user.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("a user needs a password: give both");
        }
        if (user.filter(name -> !fits(name) || protocol == Protocol.HTTP && name.indexOf(':') >= 0)
                .isPresent()) {
            throw new IllegalArgumentException("a user of a proxy has 1 to " + LONGEST + " printing ASCII characters"
                    + (protocol == Protocol.HTTP ? " and without a colon" : ""));
        }
        if (password.filter(secret -> !fits(secret.reveal())).isPresent()) {
            throw new IllegalArgumentException(
                    "a password of a proxy has 1 to " + LONGEST + " printing ASCII characters");
        }
    }

    /** None of the protocols names a charset that all proxies use. */
    private static boolean fits(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Returns the proxy that wants no user. */
    public static TunnelProxy of(Protocol protocol, HostPort address) {
        return new TunnelProxy(protocol, address, Optional.empty(), Optional.empty());
    }

    /** Returns it as a URL, without user and password. */
    @Override
    public String toString() {
        return protocol.text() + "://" + address;
    }
}
