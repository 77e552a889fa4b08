package io.ftpalg;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.session.base.ExtensionException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The embedder's router as sessions use it ({@link CheckedExtensions}). A stage that fails is a refusal or an unknown name, and
 * the router's decision; one that fails with a RuntimeException is an error of the router.
 */
record CheckedRouter(Router router, ExtensionErrors errors) implements Router {
    private static final String ROUTE = "route";

    @Override
    public boolean needsLogin() {
        return errors.call(router, "needsLogin", router::needsLogin);
    }

    @Override
    public boolean takesTargets() {
        return errors.call(router, "takesTargets", router::takesTargets);
    }

    @Override
    public boolean canRoute(RouteRequest request) {
        return errors.call(router, "canRoute", () -> router.canRoute(request));
    }

    @Override
    public boolean mayRoute(RouteRequest request) {
        return errors.call(router, "mayRoute", () -> router.mayRoute(request));
    }

    @Override
    public boolean knowsHost(String host) {
        return errors.call(router, "knowsHost", () -> router.knowsHost(host));
    }

    @Override
    public boolean takesHosts() {
        return errors.call(router, "takesHosts", router::takesHosts);
    }

    @Override
    public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
        CompletionStage<Route> stage;
        try {
            stage = errors.call(router, ROUTE, () -> router.route(request, resolver));
        } catch (ExtensionException e) {
            return CompletableFuture.failedStage(e);
        }
        return CheckedStage.of(stage, this::check);
    }

    private Route check(@Nullable Route route, @Nullable Throwable failure) throws Throwable {
        if (failure == null) {
            return withCheckedUse(errors.call(router, ROUTE, () -> route));
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        throw isError(cause) ? errors.failed(router, ROUTE, cause) : cause;
    }

    private Route withCheckedUse(Route route) {
        List<RouteServer> servers = route.servers().stream()
                .map(server -> new RouteServer(
                        server.addresses(), server.tls(), checked(server.use()), server.via(), server.behind()))
                .toList();
        return route.withServers(servers);
    }

    /** Reports the outcome of an attempt or a session to a route's server. */
    private ServerUse checked(ServerUse use) {
        return use.equals(ServerUse.NONE)
                ? use
                : new ServerUse() {
                    @Override
                    public void begun() {
                        errors.run(use, "begun", use::begun);
                    }

                    @Override
                    public void ready() {
                        errors.run(use, "ready", use::ready);
                    }

                    @Override
                    public void failed(String detail) {
                        errors.run(use, "failed", () -> use.failed(detail));
                    }

                    @Override
                    public void ended() {
                        errors.run(use, "ended", use::ended);
                    }
                };
    }

    /** An event loop that ended, or a name that could not be looked up, is not one; one of the JVM ends the gateway. */
    private static boolean isError(Throwable cause) {
        return cause instanceof Error && !(cause instanceof VirtualMachineError)
                || cause instanceof RuntimeException
                        && !(cause instanceof CancellationException
                                || cause instanceof RejectedExecutionException
                                || cause instanceof UncheckedIOException);
    }

    /** The gateway starts the router itself, once. */
    @Override
    public void start(RouterContext context) {
        router.start(context);
    }

    @Override
    public void stop() {
        router.stop();
    }

    @Override
    public String toString() {
        return router.toString();
    }
}
