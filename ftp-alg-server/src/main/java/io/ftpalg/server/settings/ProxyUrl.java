package io.ftpalg.server.settings;

import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.protocol.HostPort;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proxy on the way to servers: {@code socks5://host[:port]}, {@code socks4a://}, {@code http://} or {@code ftp://}.
 *
 * @param protocol how it is asked to connect; nothing of an FTP proxy, which the login asks
 * @param address the proxy
 */
public record ProxyUrl(Optional<TunnelProxy.Protocol> protocol, HostPort address) {
    private static final String SEPARATOR = "://";

    /** Returns the proxy that the text names, or nothing; user and password have keys of their own. */
    public static Optional<ProxyUrl> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return Optional.empty();
        }
        String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
        String rest = text.substring(end + SEPARATOR.length());
        String address = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (scheme.equals("ftp")) {
            return HostPort.parse(address).map(host -> new ProxyUrl(Optional.empty(), host));
        }
        return Stream.of(TunnelProxy.Protocol.values())
                .filter(one -> one.text().equals(scheme))
                .findFirst()
                .flatMap(protocol -> HostPort.parse(address, protocol.port())
                        .map(host -> new ProxyUrl(Optional.of(protocol), host)));
    }
}
