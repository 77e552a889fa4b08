package io.ftpalg.server.users;

import io.ftpalg.protocol.HostPort;
import java.util.Locale;
import java.util.Optional;

/**
 * A directory server.
 *
 * @param address where it is
 * @param tls whether TLS begins with the connection
 */
public record LdapServer(HostPort address, boolean tls) {
    private static final String PLAIN = "ldap://";
    private static final String TLS = "ldaps://";

    /** Returns the server of the URL {@code ldap://host[:389]} or {@code ldaps://host[:636]}, or nothing. */
    public static Optional<LdapServer> parse(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean tls = lower.startsWith(TLS);
        if (!tls && !lower.startsWith(PLAIN)) {
            return Optional.empty();
        }
        String rest = lower.substring(tls ? TLS.length() : PLAIN.length());
        return HostPort.parse(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest, tls ? 636 : 389)
                .map(address -> new LdapServer(address, tls));
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        String host = address.host();
        return (tls ? TLS : PLAIN) + (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.port();
    }
}
