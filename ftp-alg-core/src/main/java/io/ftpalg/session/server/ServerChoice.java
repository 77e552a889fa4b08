package io.ftpalg.session.server;

import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The route of a session, and which of its servers the session uses: each is tried in turn, and gets the result once.
 * Owned by the {@link ServerConnection}.
 */
final class ServerChoice {
    /** A client that leaves after so long leaves because of the server; one that leaves sooner may have other reasons. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(5);

    /** How far the session has come with the present server. */
    private enum Use {
        NONE,
        BEGUN,
        READY
    }

    private final LongSupplier nanoTime;
    private final Deque<RouteServer> left = new ArrayDeque<>(1);
    private @Nullable Route route;
    private @Nullable RouteServer server;
    private Use use = Use.NONE;
    private final List<String> failures = new ArrayList<>();
    private long begunAt;

    ServerChoice(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The router found this route. */
    void found(Route next) {
        route = next;
        left.addAll(next.servers());
    }

    /** Returns whether there is a server that was not tried yet. */
    boolean hasNext() {
        return !left.isEmpty();
    }

    /** Moves to the next server, and returns it. */
    RouteServer next() {
        RouteServer next = left.remove();
        server = next;
        use = Use.BEGUN;
        begunAt = nanoTime.getAsLong();
        next.use().begun();
        return next;
    }

    /** The server greeted, and is under TLS if it must be. */
    void ready() {
        use = Use.READY;
        failures.clear();
        server().use().ready();
    }

    /** The server of this address, if it was connected to, cannot be used; the next one is tried. */
    void failed(@Nullable InetSocketAddress address, String detail) {
        failures.add(address == null ? detail : IpLiteral.format(address) + ": " + detail);
        failed(detail);
    }

    /** Returns the detail of a failure behind those of the servers that were tried before, if any. */
    String withFailures(@Nullable InetSocketAddress address, String detail) {
        if (failures.isEmpty()) {
            return detail;
        }
        String last = address == null ? detail : IpLiteral.format(address) + ": " + detail;
        return String.join("; ", failures) + "; " + last;
    }

    /** The server cannot be used. */
    void failed(String detail) {
        if (use != Use.NONE) {
            use = Use.NONE;
            server().use().failed(detail);
        }
    }

    /** The session has no use for its server any more. */
    void leave() {
        Duration waited = Duration.ofNanos(nanoTime.getAsLong() - begunAt);
        if (use == Use.BEGUN && waited.compareTo(LONG_WAIT) >= 0) {
            failed("not ready after " + waited.toSeconds() + " s, when the session ended");
        } else if (use != Use.NONE) {
            use = Use.NONE;
            server().use().ended();
        }
    }

    /** There is no route any more. */
    void forget() {
        leave();
        left.clear();
        failures.clear();
        route = null;
        server = null;
    }

    Optional<Route> routeIfAny() {
        return Optional.ofNullable(route);
    }

    Route route() {
        return Objects.requireNonNull(route, "there is no route");
    }

    RouteServer server() {
        return Objects.requireNonNull(server, "there is no server");
    }

    /** Returns how long the client may be idle, if the route sets it. */
    Optional<Duration> idleTimeout() {
        return Optional.ofNullable(route).flatMap(Route::idleTimeout);
    }
}
