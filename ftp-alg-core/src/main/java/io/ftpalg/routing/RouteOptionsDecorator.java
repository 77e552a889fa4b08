package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import java.util.concurrent.CompletionStage;

/**
 * The router that gives another router's routes these options, as {@link RouteOptions#applyTo} has it: what the route sets
 * itself stays, the user above all. Lives as long as the router in it, and is used as that is.
 *
 * @param inner chooses the server
 * @param options further settings of the route
 */
public record RouteOptionsDecorator(Router inner, RouteOptions options) implements Router {
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
    public boolean mayRoute(RouteRequest request) {
        return inner.mayRoute(request);
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
        return inner.route(request, resolver).thenApply(route -> options.applyTo(route, request));
    }

    @Override
    public void start(RouterContext context) {
        inner.start(context);
    }

    @Override
    public void stop() {
        inner.stop();
    }

    /** What the ready line shows is where sessions go. */
    @Override
    public String toString() {
        return inner.toString();
    }
}
