package io.ftpalg.policy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where one session goes, and how the server is spoken to.
 *
 * @param servers resolved addresses to try in order, at least one; they were checked, and exactly these are dialled
 * @param user what to send as USER in place of what the client sent, if anything
 * @param dataMode how data ports are agreed with the server
 * @param sourceAddress the local address of connections to the server, if it is not for the system to choose
 * @param tls how the connections to the server are protected
 */
public record Route(List<InetSocketAddress> servers, Optional<String> user, ServerDataMode dataMode,
        Optional<InetAddress> sourceAddress, ServerTls tls) {

    public Route {
        servers = List.copyOf(servers);
        if (servers.isEmpty() || servers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("a route needs at least one server address, all resolved");
        }
    }

    /** Returns the route to this server, all else by default. */
    public static Route to(InetSocketAddress server) {
        return new Route(List.of(server), Optional.empty(), ServerDataMode.CLIENT, Optional.empty(), ServerTls.OFF);
    }
}
