package io.ftpalg.routing;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What is the same for all servers of a route; the parts mean what they mean in {@link Route}.
 *
 * @param user what to send as USER in place of what the client sent, if anything
 * @param password what to send as PASS in place of what the client sent, if anything; only for clients that the gateway
 *     itself has authenticated
 * @param dataMode how data ports are agreed with the server
 * @param sockets what the sockets of the session are like
 * @param idleTimeout how long the session may be idle, in place of {@link Limits#idleTimeout}
 * @param via the proxies through which servers are connected to; the router that names the servers uses it
 * @param sendProxy the PROXY header with which connections to servers begin, sessions and health checks, if they do
 */
public record RouteOptions(
        Optional<String> user,
        Optional<Secret> password,
        ServerDataMode dataMode,
        SocketSettings sockets,
        Optional<Duration> idleTimeout,
        Via via,
        Optional<SendProxy> sendProxy) {
    /** Everything as the client has it and as it is by default. */
    public static final RouteOptions DEFAULT = new RouteOptions(
            Optional.empty(),
            Optional.empty(),
            ServerDataMode.CLIENT,
            SocketSettings.DEFAULT,
            Optional.empty(),
            Via.NONE,
            Optional.empty());

    /** Makes options of servers that are connected to directly. */
    public RouteOptions(
            Optional<String> user,
            Optional<Secret> password,
            ServerDataMode dataMode,
            SocketSettings sockets,
            Optional<Duration> idleTimeout) {
        this(user, password, dataMode, sockets, idleTimeout, Via.NONE, Optional.empty());
    }

    /**
     * Returns the route of this request with these options where it leaves the choice. The password is for the user of these
     * options, and for servers that the client did not choose: it is given neither to a route that has another user, nor to a
     * client that names a server, nor to one that names a user there which the gateway has not authenticated.
     */
    public Route applyTo(Route route, RouteRequest request) {
        boolean ofAnother =
                user.isPresent() && route.user().isPresent() && !route.user().equals(user);
        boolean trusted = request.target().isEmpty()
                && request.user().isPresent()
                && request.user().equals(request.proxyUser().map(ProxyUser::name));
        return route.withUser(route.user().or(() -> user))
                .withPassword(route.password().or(() -> trusted && !ofAnother ? password : Optional.empty()))
                .withDataMode(route.dataMode() == ServerDataMode.CLIENT ? dataMode : route.dataMode())
                .withSockets(route.sockets().orElse(sockets))
                .withIdleTimeout(route.idleTimeout().or(() -> idleTimeout))
                .withSendProxy(route.sendProxy().or(() -> sendProxy));
    }

    /** Returns the same with data ports agreed like this. */
    public RouteOptions withDataMode(ServerDataMode other) {
        return new RouteOptions(user, password, other, sockets, idleTimeout, via, sendProxy);
    }

    /** Returns the same with sockets like these. */
    public RouteOptions withSockets(SocketSettings others) {
        return new RouteOptions(user, password, dataMode, others, idleTimeout, via, sendProxy);
    }

    /** Returns the same with this login in place of the client's. */
    public RouteOptions withLogin(Optional<String> otherUser, Optional<Secret> otherPassword) {
        return new RouteOptions(otherUser, otherPassword, dataMode, sockets, idleTimeout, via, sendProxy);
    }

    /** Returns the same with this idle timeout. */
    public RouteOptions withIdleTimeout(Optional<Duration> other) {
        return new RouteOptions(user, password, dataMode, sockets, other, via, sendProxy);
    }

    /** Returns the same with servers that are connected to through these proxies. */
    public RouteOptions withVia(Via other) {
        return new RouteOptions(user, password, dataMode, sockets, idleTimeout, other, sendProxy);
    }

    /** Returns the same with such a header. */
    public RouteOptions withSendProxy(Optional<SendProxy> other) {
        return new RouteOptions(user, password, dataMode, sockets, idleTimeout, via, other);
    }
}
