package io.ftpalg.server.settings;

import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.Via;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the sessions of a listener go.
 *
 * @param routes tried in this order; the first one that matches decides
 * @param otherwise where sessions go that no route is for
 * @param serverMode how data ports are agreed with the servers of {@code otherwise}
 * @param sourceAddress the local address of connections to servers, unless a route has another
 * @param via the proxies on the way to the servers of {@code otherwise}
 * @param sendProxy the PROXY header for those servers, if there is one
 */
public record RoutingSettings(
        List<RouteSettings> routes,
        RouteChoice otherwise,
        ServerDataMode serverMode,
        Optional<InetAddress> sourceAddress,
        Via via,
        Optional<SendProxy> sendProxy) {
    public RoutingSettings {
        routes = List.copyOf(routes);
    }

    /** Makes the settings of servers that are connected to directly. */
    public RoutingSettings(
            List<RouteSettings> routes,
            RouteChoice otherwise,
            ServerDataMode serverMode,
            Optional<InetAddress> sourceAddress) {
        this(routes, otherwise, serverMode, sourceAddress, Via.NONE, Optional.empty());
    }

    /** Returns the servers that are named, those of routes first. */
    public List<Upstream> servers() {
        return Stream.concat(routes.stream().map(RouteSettings::choice), Stream.of(otherwise))
                .flatMap(choice ->
                        choice instanceof RouteChoice.Reverse reverse ? reverse.servers().stream() : Stream.empty())
                .toList();
    }
}
