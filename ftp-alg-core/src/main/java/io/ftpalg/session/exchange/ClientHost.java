package io.ftpalg.session.exchange;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.util.Optional;

/**
 * What the client calls the gateway: by HOST (RFC 7151), else by the name of its TLS handshake (SNI). Owned by the session.
 */
public final class ClientHost {
    private Optional<String> asked = Optional.empty();
    private Optional<String> said = Optional.empty();

    /** Returns the host that the argument of HOST names, without the brackets of an address, or nothing. */
    public static Optional<String> parse(String argument) {
        if (argument.startsWith("[") && argument.endsWith("]")) {
            return IpLiteral.parse(argument.substring(1, argument.length() - 1)).map(IpLiteral::format);
        }
        return argument.indexOf(':') >= 0
                ? Optional.empty()
                : HostPort.parse(argument).map(HostPort::host).map(HostPort::canonicalName);
    }

    /** The TLS handshake asked for this name. */
    public void asked(Optional<String> serverName) {
        asked = serverName.map(HostPort::canonicalName);
    }

    /** HOST named this; the last one counts. */
    public void said(String host) {
        said = Optional.of(host);
    }

    /** Returns whether the TLS handshake asked for another one (RFC 7151 section 3.3). */
    public boolean contradicts(String host) {
        return asked.isPresent() && !asked.get().equals(host);
    }

    public Optional<String> name() {
        return said.or(() -> asked);
    }

    /** HOST was never sent; the name of the handshake stays. */
    public void forget() {
        said = Optional.empty();
    }
}
