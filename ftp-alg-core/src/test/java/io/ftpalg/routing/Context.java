package io.ftpalg.routing;

import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.RouterContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway without sockets: the test says who is ill, and when a task's time has come. */
final class Context implements RouterContext {
    /** One look at a server. */
    record Probed(InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source) {}

    /** A task that waits. */
    record Waiting(Duration delay, Runnable task) {}

    final Names names = new Names();
    final Set<InetSocketAddress> ill = new HashSet<>();
    boolean noSockets;
    final List<Probed> probed = new ArrayList<>();
    final List<Waiting> waiting = new ArrayList<>();

    @Override
    public NameResolver names() {
        return names;
    }

    @Override
    public CompletionStage<Void> probe(
            InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source) {
        probed.add(new Probed(server, how, timeout, source));
        if (noSockets) {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            cancelled.cancel(false);
            return cancelled;
        }
        return ill.contains(server)
                ? CompletableFuture.failedStage(new IOException("connection refused"))
                : CompletableFuture.completedStage(null);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Waiting one = new Waiting(delay, task);
        waiting.add(one);
        return () -> waiting.remove(one);
    }

    /** Runs the one task that waits. */
    void tick() {
        if (waiting.size() != 1) {
            throw new AssertionError("not one task waits: " + waiting);
        }
        waiting.remove(0).task().run();
    }
}
