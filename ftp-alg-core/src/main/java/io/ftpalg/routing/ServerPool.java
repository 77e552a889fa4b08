package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import io.ftpalg.protocol.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The router that has several servers: each session gets all of them, the best one first, so that it may try the next as long
 * as none has greeted.
 *
 * <p>Owned by its builder, for one gateway at a time; used by the sessions of all event loops at once. What they share is
 * the turn, an atomic number; the list of servers, guarded by its lock; the names that {@link PoolLookup} did not find, a
 * concurrent set; and each server's {@link ServerHealth}, guarded by its own lock. No lock is held while names are looked up or
 * servers are checked.
 *
 * <p>Names are looked up once a session: the resolver keeps answers as long as they are valid. A name without an address
 * only leaves out that server. A server that is ejected is still tried, after all others.
 */
public final class ServerPool implements Router {
    /** How long a server that DNS has for a service no more is remembered: long enough for its sessions to be seen. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final List<PoolServer> named;
    private final PoolLookup lookup;
    private final Balance balance;
    private final HealthPolicy policy;
    private final RouteOptions options;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<HostPort, Known> known = new LinkedHashMap<>();
    private final AtomicReference<@Nullable HealthChecks> checks = new AtomicReference<>();

    /** A server, and when it was last asked for. */
    private static final class Known {
        private final ServerHealth health;
        private long seen;

        private Known(ServerHealth health) {
            this.health = health;
        }
    }

    /**
     * Makes the pool.
     *
     * @param servers the servers by name, at least one
     * @param balance which of them a session goes to first
     * @param policy when one is unhealthy
     * @param options what is the same for all
     */
    public ServerPool(List<PoolServer> servers, Balance balance, HealthPolicy policy, RouteOptions options) {
        this(servers, balance, policy, options, System::nanoTime, () -> ThreadLocalRandom.current()
                .nextLong());
    }

    /** Makes the pool with a clock of its own, and a source of chance that several threads may use. */
    ServerPool(
            List<PoolServer> servers,
            Balance balance,
            HealthPolicy policy,
            RouteOptions options,
            LongSupplier nanoTime,
            RandomGenerator random) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a pool needs at least one server");
        }
        this.named = List.copyOf(servers);
        this.lookup = new PoolLookup(named, options.via());
        this.balance = balance;
        this.policy = policy;
        this.options = options;
        this.nanoTime = nanoTime;
        this.random = random;
        for (PoolServer server : named) {
            if (server instanceof PoolServer.Host host) {
                health(host.server());
            }
        }
    }

    @Override
    public boolean needsLogin() {
        return false;
    }

    @Override
    public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
        int mine = turn.getAndIncrement();
        return lookup.find(resolver)
                .thenCompose(found ->
                        routeTo(new TargetOrder(balance, request, mine, random, this::health).of(found), request));
    }

    private CompletionStage<Route> routeTo(List<PoolTarget> order, RouteRequest request) {
        if (order.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("an operator has ejected all servers of " + this));
        }
        Route route = Route.to(order.stream()
                .map(target -> new RouteServer(
                        target.addresses(),
                        target.tls(),
                        health(target.server()).newUse(),
                        options.via(),
                        ProxiedServer.behind(options.via(), target.server())))
                .toList());
        return CompletableFuture.completedFuture(options.applyTo(route, request));
    }

    /**
     * Sends no new session to this server, for an operator, until {@link #returnToRotation}; sessions that are there continue. From
     * any thread.
     *
     * @return whether the pool has this server
     */
    public boolean eject(HostPort server) {
        Optional<ServerHealth> found = ofPool(server);
        found.ifPresent(ServerHealth::ejectByOperator);
        return found.isPresent();
    }

    /**
     * Sends new sessions to this server again, whether an operator or its failures ejected it. From any thread.
     *
     * @return whether the pool has this server, and it was ejected
     */
    public boolean returnToRotation(HostPort server) {
        return ofPool(server).filter(ServerHealth::returnToRotation).isPresent();
    }

    private Optional<ServerHealth> ofPool(HostPort server) {
        synchronized (known) {
            return Optional.ofNullable(known.get(server)).map(one -> one.health);
        }
    }

    /** Returns how the servers are now: those named as hosts first, then those that DNS has, or had, for services. */
    public List<ServerState> servers() {
        List<ServerHealth> all = new ArrayList<>();
        synchronized (known) {
            known.values().forEach(one -> all.add(one.health));
        }
        return all.stream().map(ServerHealth::state).toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if another gateway started it and has not stopped it yet
     */
    @Override
    public void start(RouterContext context) {
        HealthChecks beginning = new HealthChecks(
                context,
                policy,
                options.sockets().sourceAddress(),
                options.via(),
                options.sendProxy(),
                this::find,
                this::health);
        if (!checks.compareAndSet(null, beginning)) {
            throw new IllegalStateException("the pool " + this + " is in use: each gateway needs its own");
        }
        beginning.start();
    }

    @Override
    public void stop() {
        HealthChecks ending = checks.getAndSet(null);
        if (ending != null) {
            ending.stop();
        }
    }

    private CompletionStage<List<PoolTarget>> find(RouterContext context) {
        return lookup.find(context.names()).thenApply(TargetOrder::once);
    }

    private ServerHealth health(HostPort server) {
        synchronized (known) {
            Known one = known.get(server);
            if (one == null) {
                forget();
                one = new Known(new ServerHealth(server, policy, nanoTime, random));
                known.put(server, one);
            }
            one.seen = nanoTime.getAsLong();
            return one.health;
        }
    }

    /** DNS may name ever new servers for a service; those of hosts stay. */
    private void forget() {
        long now = nanoTime.getAsLong();
        known.entrySet()
                .removeIf(entry -> now - entry.getValue().seen > FORGOTTEN_AFTER.toNanos()
                        && entry.getValue().health.isUnused()
                        && !isNamed(entry.getKey()));
    }

    private boolean isNamed(HostPort server) {
        return named.stream()
                .anyMatch(one ->
                        one instanceof PoolServer.Host host && host.server().equals(server));
    }

    @Override
    public String toString() {
        String servers = named.stream().map(PoolServer::toString).collect(Collectors.joining(", "));
        return named.size() == 1 ? servers : balance.text() + " of " + servers;
    }
}
