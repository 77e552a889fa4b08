package io.ftpalg.server.runtime;

import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.routing.PoolServer;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.RouteOptionsDecorator;
import io.ftpalg.routing.RouteRule;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.RuleRouter;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.routing.TargetRules;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.RouteSettings;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.settings.ServerTlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the router that settings come to; one for each gateway, since a pool of servers serves one. Used once, by one thread. */
public final class RouterMaker {
    private final List<ServerPool> pools = new ArrayList<>();

    /** Returns the pools of servers of the router that it made. */
    List<ServerPool> pools() {
        return List.copyOf(pools);
    }

    /** Returns the router of a listener. */
    public Router router(ListenerSettings settings) {
        RoutingSettings routing = settings.routing();
        List<RouteRule> rules = new ArrayList<>();
        for (RouteSettings route : routing.routes()) {
            RouteOptions options = route.options()
                    .withSockets(route.options().sockets().orElse(SocketSettings.from(routing.sourceAddress())));
            router(route.choice(), options, settings.serverTls())
                    .ifPresent(router -> rules.add(new RouteRule(route.match(), router)));
        }
        RouteOptions own = RouteOptions.DEFAULT
                .withDataMode(routing.serverMode())
                .withSockets(SocketSettings.from(routing.sourceAddress()))
                .withVia(routing.via())
                .withSendProxy(routing.sendProxy());
        Optional<Router> otherwise = router(routing.otherwise(), own, settings.serverTls());
        otherwise.ifPresent(router -> rules.add(RouteRule.always(router)));
        return rules.size() == 1 && otherwise.isPresent() ? otherwise.get() : new RuleRouter(rules);
    }

    private Optional<Router> router(RouteChoice choice, RouteOptions options, ServerTlsSettings tls) {
        if (choice instanceof RouteChoice.Reverse reverse) {
            List<PoolServer> servers = reverse.servers().stream()
                    .map(server -> server.inPool(tls.towards(server.scheme())))
                    .toList();
            ServerPool pool = new ServerPool(servers, reverse.balance(), reverse.health(), options);
            pools.add(pool);
            return Optional.of(pool);
        }
        if (choice instanceof RouteChoice.Forward forward) {
            return Optional.of(new RouteOptionsDecorator(
                    Routers.forward(
                            TargetRules.of(forward.targets()),
                            options.dataMode(),
                            options.sockets().sourceAddress(),
                            tls.use(),
                            options.via()),
                    options));
        }
        if (choice instanceof RouteChoice.OriginalDestination original) {
            return Optional.of(new RouteOptionsDecorator(
                    Routers.originalDestination(
                            TargetRules.of(original.targets()), options.dataMode(), tls.use(), options.via()),
                    options));
        }
        return Optional.empty();
    }
}
