package io.ftpalg.server.replay;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The router of a replay: it needs of clients what another router needs, and has one server, whatever they name. The other one is never
 * started and resolves no name, so that no other host is connected to.
 *
 * @param inner the router of the settings
 * @param server the scripted server
 * @param dataMode how data ports are agreed with it
 */
record ReplayRouter(Router inner, InetSocketAddress server, ServerDataMode dataMode) implements Router {
    @Override
    public boolean needsLogin() {
        return inner.needsLogin();
    }

    @Override
    public boolean takesTargets() {
        return inner.takesTargets();
    }

    @Override
    public boolean canRoute(RouteRequest request) {
        return inner.canRoute(request);
    }

    @Override
    public boolean knowsHost(String host) {
        return inner.knowsHost(host);
    }

    @Override
    public boolean takesHosts() {
        return inner.takesHosts();
    }

    @Override
    public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
        return CompletableFuture.completedFuture(Route.to(server).withDataMode(dataMode));
    }
}
