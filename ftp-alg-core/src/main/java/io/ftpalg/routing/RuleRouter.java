package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The router that chooses among routers: the first rule that matches decides, and a session that none matches is refused. Owned
 * by its builder, with the routers in it; has no state, so that all event loops use it at once.
 *
 * <p>A login that names a server must not end at another: for it only rules count whose router takes targets, and it is refused
 * if none of those matches. Where no router takes targets a login names none, {@code @} or not, and all rules count. A login
 * that names no server is for the first rule that matches, as ever; if that rule's router needs a target the client is asked
 * for one. So {@code [a pool for everybody, user@host for everybody]} sends who names a server there, and all others to the
 * pool, and the other way round no session gets to the pool.
 */
public final class RuleRouter implements Router {
    private static final int SHOWN = 3;

    private final List<RouteRule> rules;
    /** Each once, in the order of the rules; two that are equal are still two, each with a life of its own. */
    private final List<Router> routers;

    /** Makes the router of these rules, in this order. */
    public RuleRouter(List<RouteRule> rules) {
        this.rules = List.copyOf(rules);
        if (this.rules.isEmpty()) {
            throw new IllegalArgumentException("routing needs at least one rule");
        }
        Set<Router> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        this.routers =
                this.rules.stream().map(RouteRule::router).filter(seen::add).toList();
    }

    @Override
    public boolean needsLogin() {
        return rules.stream()
                .anyMatch(rule -> rule.match().asksTheClient() || rule.router().needsLogin());
    }

    @Override
    public boolean takesTargets() {
        return rules.stream().anyMatch(rule -> rule.router().takesTargets());
    }

    /** A session that no rule matches as it is might match once it names a server, where one can be named. */
    @Override
    public boolean canRoute(RouteRequest request) {
        return rule(request).map(rule -> canRoute(rule.router(), request)).orElseGet(() -> !takesTargets());
    }

    @Override
    public boolean mayRoute(RouteRequest request) {
        return rule(request).filter(rule -> rule.router().mayRoute(request)).isPresent();
    }

    /** Only a router that waits for the login can be asked; another needs nothing of it. */
    private static boolean canRoute(Router router, RouteRequest request) {
        return !router.needsLogin() || router.canRoute(request);
    }

    @Override
    public boolean knowsHost(String host) {
        return rules.stream()
                .anyMatch(rule -> rule.match().names(host) || rule.router().knowsHost(host));
    }

    @Override
    public boolean takesHosts() {
        return rules.stream()
                .anyMatch(
                        rule -> !rule.match().hosts().isEmpty() || rule.router().takesHosts());
    }

    @Override
    public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
        return rule(request)
                .map(rule -> rule.router().route(request, resolver))
                .orElseGet(() -> CompletableFuture.failedStage(new RouteRefusedException("no route matches")));
    }

    private Optional<RouteRule> rule(RouteRequest request) {
        boolean needsTarget = request.target().isPresent() && takesTargets();
        return rules.stream()
                .filter(rule -> !needsTarget || rule.router().takesTargets())
                .filter(rule -> rule.match().matches(request))
                .findFirst();
    }

    /** Starts each router once, however many rules lead to it; if one cannot start, those before it are stopped again. */
    @Override
    public void start(RouterContext context) {
        List<Router> running = new ArrayList<>();
        try {
            for (Router router : routers) {
                router.start(context);
                running.add(router);
            }
        } catch (RuntimeException e) {
            running.forEach(Router::stop);
            throw e;
        }
    }

    @Override
    public void stop() {
        routers.forEach(Router::stop);
    }

    @Override
    public String toString() {
        List<String> all =
                rules.stream().map(rule -> rule.router().toString()).distinct().toList();
        return all.stream().limit(SHOWN).collect(Collectors.joining(" | "))
                + (all.size() > SHOWN ? " | " + (all.size() - SHOWN) + " more" : "");
    }
}
