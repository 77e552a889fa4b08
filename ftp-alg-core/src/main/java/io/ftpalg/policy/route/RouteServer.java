package io.ftpalg.policy.route;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A server that a session may go to.
 *
 * @param addresses resolved addresses of it, best first, at least one; they were checked, and exactly these are dialled. Through
 *     a proxy there is one, which may be an unresolved name: the proxy looks it up
 * @param tls how the connections to it are protected
 * @param use receives the result of its use
 * @param via the proxies on the way to it
 * @param behind the server that the login names, if this one is the FTP proxy in front of it
 */
public record RouteServer(
        List<InetSocketAddress> addresses, ServerTls tls, ServerUse use, Via via, Optional<HostPort> behind) {
    public RouteServer {
        addresses = List.copyOf(addresses);
        boolean unresolved = addresses.stream().anyMatch(InetSocketAddress::isUnresolved);
        if (addresses.isEmpty() || unresolved && !via.isTunnel()) {
            throw new IllegalArgumentException("a route needs at least one server address, all resolved");
        }
        if (via.isTunnel() && addresses.size() > 1) {
            throw new IllegalArgumentException("a proxy is asked for one address or name of a server");
        }
        if (behind.isPresent() != via.ftp().isPresent()) {
            throw new IllegalArgumentException("a server is named to an FTP proxy only");
        }
    }

    /** Makes a server that no FTP proxy is in front of. */
    public RouteServer(List<InetSocketAddress> addresses, ServerTls tls, ServerUse use, Via via) {
        this(addresses, tls, use, via, Optional.empty());
    }

    /** Makes a server that is connected to directly. */
    public RouteServer(List<InetSocketAddress> addresses, ServerTls tls, ServerUse use) {
        this(addresses, tls, use, Via.NONE);
    }

    /** Returns the server at these addresses, whose use is not reported. */
    public static RouteServer of(List<InetSocketAddress> addresses, ServerTls tls) {
        return new RouteServer(addresses, tls, ServerUse.NONE);
    }

    /** Returns what a proxy is asked for: the address if the server is named by one, else the unresolved name. */
    public static InetSocketAddress throughProxy(HostPort server) {
        Optional<InetAddress> literal = IpLiteral.parse(server.host());
        return literal.isPresent()
                ? new InetSocketAddress(literal.get(), server.port())
                : InetSocketAddress.createUnresolved(server.host(), server.port());
    }
}
