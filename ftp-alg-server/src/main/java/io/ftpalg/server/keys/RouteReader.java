package io.ftpalg.server.keys;

import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.Balance;
import io.ftpalg.routing.HealthPolicy;
import io.ftpalg.routing.RouteMatch;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.RouteChoice;
import io.ftpalg.server.settings.RouteSettings;
import io.ftpalg.server.settings.RoutingSettings;
import io.ftpalg.server.settings.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes {@link RoutingSettings} of what a listener gives: its routes, and where it goes itself. Stateless. */
final class RouteReader {

    private RouteReader() {}

    /** Returns where the sessions of a listener go, unless there is a problem. */
    static Optional<RoutingSettings> read(Given listener) {
        ServerDataMode mode = listener.get(ListenerKeys.SERVER_MODE);
        Via via = ViaReader.read(listener, Via.NONE);
        Optional<SendProxy> header = ProxyHeaderKeys.sent(listener, Optional.empty());
        List<RouteSettings> routes = new ArrayList<>();
        for (Given route : listener.sections(ListenerKeys.ROUTES)) {
            Optional<RouteMatch> match = route.whole(() -> new RouteMatch(
                    names(route, RouteKeys.USERS),
                    Set.copyOf(names(route, RouteKeys.GROUPS)),
                    names(route, RouteKeys.HOSTS),
                    route.all(RouteKeys.CLIENTS),
                    route.all(RouteKeys.DESTINATIONS)));
            Optional<RouteChoice> choice =
                    choice(route, RouteKeys.UPSTREAM, RouteKeys.BALANCE, RouteKeys.FORWARD, RouteKeys.ALLOW);
            RouteOptions options =
                    options(route, mode, ViaReader.read(route, via), ProxyHeaderKeys.sent(route, header));
            if (match.isPresent() && choice.isPresent()) {
                routes.add(new RouteSettings(match.get(), choice.get(), options));
            }
        }
        return otherwise(listener)
                .map(choice -> new RoutingSettings(
                        routes, choice, mode, listener.one(ListenerKeys.SOURCE_ADDRESS), via, header));
    }

    private static List<String> names(Given route, Key<String> key) {
        return route.all(key).stream().distinct().toList();
    }

    /** Where there are routes, or clients have connected to their servers, there need be nothing else. */
    private static Optional<RouteChoice> otherwise(Given listener) {
        if (listener.has(ListenerKeys.TRANSPARENT)) {
            return TransparentReader.choice(listener);
        }
        if (!listener.has(ListenerKeys.UPSTREAM)
                && !listener.has(ListenerKeys.FORWARD)
                && listener.has(ListenerKeys.ROUTES)) {
            checkPool(listener, ListenerKeys.UPSTREAM, ListenerKeys.BALANCE);
            return Optional.of(new RouteChoice.Nowhere());
        }
        return choice(
                listener, ListenerKeys.UPSTREAM, ListenerKeys.BALANCE, ListenerKeys.FORWARD, ListenerKeys.ALLOW_TARGET);
    }

    private static Optional<RouteChoice> choice(
            Given given, Key<Upstream> upstream, Key<Balance> balance, Section forward, Key<TargetRule> allow) {
        Names names = given.names();
        boolean fixed = given.has(upstream);
        boolean routes = given.offers(ListenerKeys.ROUTES);
        if (fixed && given.has(forward)) {
            given.problem(
                    names.of(upstream) + " and " + names.of(forward) + " exclude each other: give one of them"
                            + (routes ? ", or routes for both" : ""),
                    upstream);
            return Optional.empty();
        }
        if (!fixed && !given.has(forward)) {
            given.problem((given.subject().isEmpty() ? "" : given.subject() + " has ") + "no server: give "
                    + given.usage(upstream) + (routes ? ", forward or routes" : " or " + names.of(forward)));
            return Optional.empty();
        }
        checkPool(given, upstream, balance);
        if (!fixed) {
            return Optional.of(new RouteChoice.Forward(given.section(forward).all(allow)));
        }
        List<Upstream> servers = given.all(upstream);
        HealthPolicy health = health(given.section(RouteKeys.HEALTH));
        return servers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RouteChoice.Reverse(servers, given.one(balance).orElse(Balance.FIRST), health));
    }

    /** Refuses what is between servers where there are none. */
    static void checkPool(Given given, Key<Upstream> upstream, Key<Balance> balance) {
        for (Entry entry : List.of(balance, RouteKeys.HEALTH)) {
            if (given.has(entry) && !given.has(upstream)) {
                String name = given.names().of(entry);
                given.problem(
                        name + " is for the servers of " + given.names().of(upstream) + ": give that, or leave " + name
                                + " out",
                        entry);
            }
        }
    }

    /** Returns the first of the ports that are announced in place of the passive ports, if they are all ports. */
    static Optional<Integer> announcedPorts(Given given, Key<PortRange> passivePorts) {
        Optional<Integer> first = given.one(RouteKeys.ANNOUNCE_PORTS);
        if (first.isEmpty()) {
            return first;
        }
        if (given.one(passivePorts).isEmpty()) {
            String name = given.names().of(passivePorts);
            given.problem(
                    given.names().of(RouteKeys.ANNOUNCE_PORTS) + " needs " + name
                            + ", in place of which clients are sent them: give those",
                    RouteKeys.ANNOUNCE_PORTS);
            return Optional.empty();
        }
        return given.whole(
                        () -> SocketSettings.DEFAULT
                                .withPassivePorts(given.one(passivePorts).get())
                                .withAnnouncedPorts(first.get()),
                        RouteKeys.ANNOUNCE_PORTS)
                .flatMap(SocketSettings::announcedPorts);
    }

    /** A route connects to its servers as its listener does, unless it has a mode of its own. */
    private static RouteOptions options(Given route, ServerDataMode mode, Via via, Optional<SendProxy> header) {
        return new RouteOptions(
                route.one(RouteKeys.SEND_USER),
                route.one(RouteKeys.SEND_PASSWORD_FILE),
                route.one(RouteKeys.SERVER_MODE).orElse(mode),
                new SocketSettings(
                        route.one(RouteKeys.SOURCE_ADDRESS),
                        route.one(RouteKeys.SOURCE_PORTS),
                        route.one(RouteKeys.PASSIVE_PORTS),
                        announcedPorts(route, RouteKeys.PASSIVE_PORTS),
                        route.one(RouteKeys.ACTIVE_SOURCE_PORT),
                        route.one(RouteKeys.DSCP),
                        route.one(RouteKeys.MARK)),
                route.one(RouteKeys.IDLE_TIMEOUT),
                via,
                header);
    }

    /** Returns when a server is unhealthy. */
    private static HealthPolicy health(Given health) {
        return health.whole(() -> new HealthPolicy(
                        health.get(RouteKeys.CHECK),
                        health.get(RouteKeys.INTERVAL),
                        health.get(RouteKeys.TIMEOUT),
                        health.get(RouteKeys.FAILURES),
                        health.get(RouteKeys.EJECTION),
                        health.get(RouteKeys.SLOW_RETURN)))
                .orElse(HealthPolicy.DEFAULT);
    }
}
