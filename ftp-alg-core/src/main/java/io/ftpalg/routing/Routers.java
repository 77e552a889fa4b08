package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRefusedException;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The routers that come with the gateway; stateless, so that one serves all sessions. */
public final class Routers {

    private Routers() {}

    /**
     * Returns the router that sends every session to one server: a reverse gateway. A name is looked up once a session.
     *
     * @param server the server
     * @param mode how data ports are agreed with it
     * @param sourceAddress the local address of connections to it, if it is not for the system to choose
     */
    public static Router fixed(HostPort server, ServerDataMode mode, Optional<InetAddress> sourceAddress) {
        return fixed(server, mode, sourceAddress, ServerTls.OFF);
    }

    /**
     * Returns the router that sends every session to one server, protected like this; its certificate must have the name
     * that is looked up, unless another is given.
     */
    public static Router fixed(
            HostPort server, ServerDataMode mode, Optional<InetAddress> sourceAddress, ServerTls tls) {
        return new Fixed(server, mode, sourceAddress, tls);
    }

    /**
     * Returns the router to the server that the login names, {@code user@host[:port]}, if the rules allow it.
     *
     * @param rules the servers that logins may name
     * @param mode how data ports are agreed with them
     * @param sourceAddress the local address of connections to them, if it is not for the system to choose
     */
    public static Router forward(TargetRules rules, ServerDataMode mode, Optional<InetAddress> sourceAddress) {
        return forward(rules, mode, sourceAddress, ServerTls.OFF);
    }

    /** Returns the router to the server that the login names, protected like this, from the first byte on port 990. */
    public static Router forward(
            TargetRules rules, ServerDataMode mode, Optional<InetAddress> sourceAddress, ServerTls tls) {
        return forward(rules, mode, sourceAddress, tls, Via.NONE);
    }

    /**
     * Returns the router to the server that the login names, through these proxies, which look names up: a target that is a name
     * is allowed only by a rule that names it.
     */
    public static Router forward(
            TargetRules rules, ServerDataMode mode, Optional<InetAddress> sourceAddress, ServerTls tls, Via via) {
        return new Forward(rules, mode, sourceAddress, tls, via);
    }

    /**
     * Returns the router of transparent mode: to the address that the client connected to, if the rules allow it.
     *
     * @param rules the servers that clients may connect to; {@link TargetRules#PUBLIC} for any on the Internet
     */
    public static Router originalDestination(TargetRules rules) {
        return originalDestination(rules, ServerDataMode.CLIENT, ServerTls.OFF);
    }

    /**
     * Returns the router to the address that the client connected to, if the rules allow it.
     *
     * @param rules the servers that clients may connect to
     * @param mode how data ports are agreed with them
     * @param tls how they are protected, from the first byte on port 990; a certificate must have the address
     */
    public static Router originalDestination(TargetRules rules, ServerDataMode mode, ServerTls tls) {
        return originalDestination(rules, mode, tls, Via.NONE);
    }

    /** Returns the router to the address that the client connected to, through these proxies, if the rules allow it. */
    public static Router originalDestination(TargetRules rules, ServerDataMode mode, ServerTls tls, Via via) {
        return new OriginalDestination(rules, mode, tls, via);
    }

    private record Fixed(HostPort server, ServerDataMode mode, Optional<InetAddress> sourceAddress, ServerTls tls)
            implements Router {
        @Override
        public boolean needsLogin() {
            return false;
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            return lookUp(
                    server,
                    resolver,
                    addresses -> routeTo(
                            server,
                            addresses.stream()
                                    .map(address -> new InetSocketAddress(address, server.port()))
                                    .toList(),
                            tls,
                            mode,
                            sourceAddress));
        }

        @Override
        public String toString() {
            return server.toString();
        }
    }

    private record Forward(
            TargetRules rules, ServerDataMode mode, Optional<InetAddress> sourceAddress, ServerTls tls, Via via)
            implements Router {
        @Override
        public boolean needsLogin() {
            return true;
        }

        @Override
        public boolean mayRoute(RouteRequest request) {
            return request.target()
                    .filter(target -> tls.fits(target.port()) && rules.mayAdmit(target))
                    .isPresent();
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            if (request.target().isEmpty()) {
                return CompletableFuture.failedStage(new RouteRefusedException("the login names no server"));
            }
            HostPort target = request.target().get();
            if (!tls.fits(target.port())) {
                return CompletableFuture.failedStage(
                        new RouteRefusedException(
                                target
                                        + ": TLS begins with the connection on port 990, and is off towards servers: set upstream-tls.mode"));
            }
            try {
                rules.checkBeforeLookup(target);
            } catch (RouteRefusedException e) {
                return CompletableFuture.failedStage(e);
            }
            if (via.looksNamesUp()) {
                return routeThrough(via, target, rules, tls, mode, sourceAddress, request.user(), resolver);
            }
            return lookUp(target, resolver, addresses -> routeTo(
                            target, rules.check(target, addresses), tls, mode, sourceAddress)
                    .withUser(request.user()));
        }

        @Override
        public String toString() {
            return "user@host, allowed " + rules;
        }
    }

    private record OriginalDestination(TargetRules rules, ServerDataMode mode, ServerTls tls, Via via)
            implements Router {
        @Override
        public boolean needsLogin() {
            return false;
        }

        @Override
        public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
            if (request.originalDestination().isEmpty()) {
                return CompletableFuture.failedStage(
                        new RouteRefusedException("the client connected to the gateway itself"));
            }
            InetSocketAddress destination = request.originalDestination().get();
            HostPort target = new HostPort(IpLiteral.format(destination.getAddress()), destination.getPort());
            if (via.looksNamesUp()) {
                return routeThrough(via, target, rules, tls, mode, Optional.empty(), Optional.empty(), resolver);
            }
            try {
                return CompletableFuture.completedStage(routeTo(
                        target, rules.check(target, List.of(destination.getAddress())), tls, mode, Optional.empty()));
            } catch (RouteRefusedException e) {
                return CompletableFuture.failedStage(e);
            }
        }

        @Override
        public String toString() {
            return "original destination, allowed " + rules;
        }
    }

    private static Route routeTo(
            HostPort server,
            List<InetSocketAddress> addresses,
            ServerTls tls,
            ServerDataMode mode,
            Optional<InetAddress> sourceAddress) {
        return Route.to(List.of(RouteServer.of(addresses, tls.towards(server.host(), server.port()))))
                .withDataMode(mode)
                .withSockets(SocketSettings.from(sourceAddress));
    }

    /** The addresses of literals are judged as ever; a name, whose addresses only the proxy learns, by itself. */
    private static CompletionStage<Route> routeThrough(
            Via via,
            HostPort target,
            TargetRules rules,
            ServerTls tls,
            ServerDataMode mode,
            Optional<InetAddress> sourceAddress,
            Optional<String> user,
            NameResolver resolver) {
        try {
            Optional<InetAddress> literal = IpLiteral.parse(target.host());
            if (literal.isPresent()) {
                rules.check(target, List.of(literal.get()));
            } else {
                rules.checkName(target);
            }
        } catch (RouteRefusedException e) {
            return CompletableFuture.failedStage(e);
        }
        HostPort connected = ProxiedServer.connected(via, target);
        return unwrapped(ProxiedServer.addresses(via, target, resolver), addresses -> Route.to(List.of(new RouteServer(
                        addresses,
                        tls.towards(connected.host(), connected.port()),
                        ServerUse.NONE,
                        via,
                        ProxiedServer.behind(via, target))))
                .withUser(user)
                .withDataMode(mode)
                .withSockets(SocketSettings.from(sourceAddress)));
    }

    /** Makes a route of the addresses of a server, if they pass. */
    @FunctionalInterface
    private interface ToRoute<T> {
        Route apply(List<T> addresses) throws RouteRefusedException;
    }

    private static CompletionStage<Route> lookUp(HostPort server, NameResolver resolver, ToRoute<InetAddress> toRoute) {
        return unwrapped(addresses(server, resolver), toRoute);
    }

    /** Fails with the cause itself, not with a CompletionException around it, since callers distinguish refusals by type. */
    private static <T> CompletionStage<Route> unwrapped(CompletionStage<List<T>> found, ToRoute<T> toRoute) {
        CompletableFuture<Route> route = new CompletableFuture<>();
        found.whenComplete((addresses, failure) -> {
            if (failure != null) {
                route.completeExceptionally(
                        failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure);
                return;
            }
            try {
                route.complete(toRoute.apply(addresses));
            } catch (RouteRefusedException | RuntimeException e) {
                route.completeExceptionally(e);
            }
        });
        return route;
    }

    private static CompletionStage<List<InetAddress>> addresses(HostPort server, NameResolver resolver) {
        Optional<InetAddress> literal = IpLiteral.parse(server.host());
        return literal.isPresent()
                ? CompletableFuture.completedStage(List.of(literal.get()))
                : resolver.resolve(server.host());
    }
}
