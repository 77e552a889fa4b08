package io.ftpalg.session;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.util.Locale;
import java.util.Optional;

/**
 * What the client calls the gateway: by HOST (RFC 7151), else by the name of its TLS handshake (SNI). Owned by the session.
 */
final class ClientHost {
    private Optional<String> asked = Optional.empty();
    private Optional<String> said = Optional.empty();

    /** Returns the host that the argument of HOST names, without the brackets of an address, or nothing. */
    static Optional<String> parse(String argument) {
        boolean bracketed = argument.startsWith("[") && argument.endsWith("]");
        String host = bracketed ? argument.substring(1, argument.length() - 1) : argument;
        if (bracketed) {
            return IpLiteral.parse(host).map(IpLiteral::format);
        }
        return host.indexOf(':') >= 0 ? Optional.empty() : HostPort.parse(host).map(HostPort::host).map(ClientHost::canonical);
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The TLS handshake asked for this name. */
    void asked(Optional<String> serverName) {
        asked = serverName.map(ClientHost::canonical);
    }

    /** HOST said this name; the last one counts. */
    void said(String host) {
        said = Optional.of(host);
    }

    /** Tells whether the TLS handshake asked for another one (RFC 7151 section 3.3). */
    boolean contradicts(String host) {
        return asked.isPresent() && !asked.get().equals(host);
    }

    Optional<String> name() {
        return said.or(() -> asked);
    }

    /** HOST was never said; a handshake was made once and for all. */
    void forget() {
        said = Optional.empty();
    }
}
