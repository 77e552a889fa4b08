package io.ftpalg.policy.route;

import io.ftpalg.policy.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server that a session may go to.
 *
 * @param addresses resolved addresses of it, best first, at least one; they were checked, and exactly these are dialled
 * @param tls how the connections to it are protected
 * @param use receives the result of its use
 */
public record RouteServer(List<InetSocketAddress> addresses, ServerTls tls, ServerUse use) {
    public RouteServer {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || addresses.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("a route needs at least one server address, all resolved");
        }
    }

    /** Returns the server at these addresses, whose use is not reported. */
    public static RouteServer of(List<InetSocketAddress> addresses, ServerTls tls) {
        return new RouteServer(addresses, tls, ServerUse.NONE);
    }
}
