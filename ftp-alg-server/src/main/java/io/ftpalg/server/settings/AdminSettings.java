package io.ftpalg.server.settings;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.tls.ClientLeg;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP server of the operator; at least one of {@code bind} and {@code socket} is there.
 *
 * @param bind the address, if it listens on one
 * @param socket the path of a Unix domain socket, if it listens on one
 * @param socketForGroup whether the group of the socket's file may connect too, and not its owner only
 * @param token what callers of the address must know, if that is to be checked
 * @param hosts names by which browsers may call the address, beside {@code localhost} and IP addresses
 * @param tls TLS of the address, if it has any; it requires a certificate where clients must show one
 */
public record AdminSettings(
        Optional<InetSocketAddress> bind,
        Optional<Path> socket,
        boolean socketForGroup,
        Optional<Secret> token,
        List<String> hosts,
        Optional<ClientLeg> tls) {
    public AdminSettings {
        hosts = List.copyOf(hosts);
    }
}
