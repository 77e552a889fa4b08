package io.ftpalg.policy.route;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where one session goes, and how the server is spoken to.
 *
 * @param servers the servers to try in order, at least one; the next is tried until one has greeted
 * @param user what to send as USER in place of what the client sent, if anything
 * @param password what to send as PASS in place of what the client sent, if anything; only for clients that the gateway
 *     itself has authenticated
 * @param dataMode how data ports are agreed with the server
 * @param sockets what the sockets of the session are like
 * @param idleTimeout how long the session may be idle, in place of {@link Limits#idleTimeout}
 * @param sendProxy the PROXY header with which connections to the server begin, if they do
 */
public record Route(
        List<RouteServer> servers,
        Optional<String> user,
        Optional<Secret> password,
        ServerDataMode dataMode,
        SocketSettings sockets,
        Optional<Duration> idleTimeout,
        Optional<SendProxy> sendProxy) {

    public Route {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a route needs at least one server");
        }
    }

    /** Returns the route to these servers, all else by default. */
    public static Route to(List<RouteServer> servers) {
        return new Route(
                servers,
                Optional.empty(),
                Optional.empty(),
                ServerDataMode.CLIENT,
                SocketSettings.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the route to this server in the clear, all else by default. */
    public static Route to(InetSocketAddress server) {
        return to(List.of(RouteServer.of(List.of(server), ServerTls.OFF)));
    }

    /** Returns the same with this user in place of the client's. */
    public Route withUser(Optional<String> other) {
        return new Route(servers, other, password, dataMode, sockets, idleTimeout, sendProxy);
    }

    /** Returns the same with this password in place of the client's. */
    public Route withPassword(Optional<Secret> other) {
        return new Route(servers, user, other, dataMode, sockets, idleTimeout, sendProxy);
    }

    /** Returns the same with data ports agreed like this. */
    public Route withDataMode(ServerDataMode other) {
        return new Route(servers, user, password, other, sockets, idleTimeout, sendProxy);
    }

    /** Returns the same with sockets like these. */
    public Route withSockets(SocketSettings others) {
        return new Route(servers, user, password, dataMode, others, idleTimeout, sendProxy);
    }

    /** Returns the same with this idle timeout. */
    public Route withIdleTimeout(Optional<Duration> other) {
        return new Route(servers, user, password, dataMode, sockets, other, sendProxy);
    }

    /** Returns the same with such a header. */
    public Route withSendProxy(Optional<SendProxy> other) {
        return new Route(servers, user, password, dataMode, sockets, idleTimeout, other);
    }

    /** Returns the same to these servers. */
    public Route withServers(List<RouteServer> others) {
        return new Route(others, user, password, dataMode, sockets, idleTimeout, sendProxy);
    }
}
