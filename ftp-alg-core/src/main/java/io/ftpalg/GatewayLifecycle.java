package io.ftpalg;

import io.ftpalg.control.ListeningSocket;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.shared.GatewayFailure;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.live.GatewayUsage;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.FutureListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The life of a gateway: what it listens on, and how it starts, gives its place to another, and ends. Owned by its
 * {@link FtpAlg}; used from any thread. Who runs and who listens changes under one lock, for a moment.
 *
 * <pre>
 * NEW --- STARTING --- RUNNING --- RETIRED
 *  |         |            |           |
 *  +---------+------------+-----------+--- STOPPING
 * </pre>
 */
final class GatewayLifecycle {
    /** One for all, since gateways take the place of others. */
    private static final Object CHANGES = new Object();
    /** Nanoseconds do not count much further than 292 years. */
    private static final Duration LONGEST_GRACE = Duration.ofDays(36_500);

    private final GatewayOptions options;
    private final AtomicBoolean released = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CompletableFuture<Void> loopsEnded = new CompletableFuture<>();
    private final FutureListener<Object> loopsEnd = done -> onLoopsEnded();
    private final FutureListener<Object> lostLoop = done -> onLostLoop();
    private volatile Optional<GatewayResources> parts = Optional.empty();
    private volatile Optional<Consumer<GatewayFailure>> watched = Optional.empty();
    private volatile Optional<IoEventLoopGroup> loops = Optional.empty();
    private volatile List<InetSocketAddress> bound = List.of();
    private volatile boolean started;
    private List<ListeningSocket> sockets = List.of();
    private State state = State.NEW;

    private enum State {
        NEW,
        STARTING,
        RUNNING,
        RETIRED,
        STOPPING
    }

    GatewayLifecycle(GatewayOptions options) {
        this.options = options;
    }

    /** Returns where it is to listen. */
    List<InetSocketAddress> wanted() {
        return options.addresses();
    }

    /** Returns where it is to listen with TLS from the beginning. */
    List<InetSocketAddress> wantedImplicitTls() {
        return options.implicitTlsAddresses();
    }

    /** Returns the event loops that outlive it, if it has none of its own. */
    Optional<IoEventLoopGroup> givenLoops() {
        return options.givenLoops();
    }

    /** Returns the system interface that it is to use. */
    Transport transport() {
        return options.transport();
    }

    /** Returns the event loops that it runs on; none before it starts. */
    Optional<IoEventLoopGroup> loops() {
        return loops;
    }

    /** Returns what its sessions use. */
    GatewayResources parts() {
        return parts.orElseThrow(() -> new IllegalStateException("a gateway that was not started cannot be replaced"));
    }

    List<InetSocketAddress> bound() {
        return bound;
    }

    /** Returns the descriptors of the sockets that it listens on. */
    List<Integer> descriptors() {
        synchronized (CHANGES) {
            return sockets.stream()
                    .flatMap(socket -> socket.descriptor().stream())
                    .toList();
        }
    }

    /** Tells whether it runs, or has run. */
    boolean wasStarted() {
        return started;
    }

    int liveSessions() {
        return parts.map(its -> its.sessions().size()).orElse(0);
    }

    /** Returns its sessions, once it has begun. */
    Optional<Sessions> sessions() {
        return parts.map(GatewayResources::sessions);
    }

    GatewayUsage usage() {
        return parts.map(GatewayResources::usage)
                .orElseGet(() -> new GatewayUsage(0, options.limits().sessions(), 0, options.passivePortCount()));
    }

    /** Returns what completes when nothing of it is left, and fails with {@link GatewayFailedException} if it cannot continue. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Returns what it listens on. */
    List<ListeningSocket> sockets() {
        synchronized (CHANGES) {
            return sockets;
        }
    }

    /** Runs a change of who runs and who listens while no other is made, and returns whether it was made. */
    static boolean change(Change change) {
        synchronized (CHANGES) {
            return change.make();
        }
    }

    /** A change of who runs and who listens. */
    @FunctionalInterface
    interface Change {
        /** Makes it, or returns false if it cannot be made any more. */
        boolean make();
    }

    /**
     * Makes all that it needs but listening sockets; continues with what a predecessor has counted. If that fails it has ended,
     * and nothing of it is left.
     */
    void begin(SharedGatewayState neighbours, Optional<GatewayResources> predecessor) throws FtpAlgException {
        synchronized (CHANGES) {
            if (state != State.NEW) {
                throw new IllegalStateException("a gateway starts once");
            }
            state = State.STARTING;
        }
        try {
            IoEventLoopGroup group =
                    givenLoops().orElseGet(() -> options.transport().newEventLoops());
            loops = Optional.of(group);
            if (group.isShuttingDown()) {
                throw new FtpAlgException("the event loops have ended, or are about to");
            }
            GatewayResources made = new GatewayResources(options, neighbours, predecessor);
            parts = Optional.of(made);
            made.sessions().drained().thenRun(this::release);
            made.sessions().failed().thenAccept(this::onFailed);
            group.terminationFuture().addListener(loopsEnd);
            Consumer<GatewayFailure> failing = made.sessions()::fail;
            watched = Optional.of(failing);
            neighbours.loops().add(failing, group);
        } catch (FtpAlgException | RuntimeException e) {
            synchronized (CHANGES) {
                state = State.STOPPING;
            }
            release();
            throw e;
        }
    }

    /** The owner of the event loops ended them, and all sessions with them. */
    private void onLoopsEnded() {
        parts().sessions().fail(new GatewayFailure("the event loops have ended", Optional.empty()));
        loopsEnded.complete(null);
        release();
    }

    /** Returns what completes when the event loops were ended by their owner while the gateway was still on them. */
    CompletableFuture<Void> loopsEnded() {
        return loopsEnded;
    }

    /** Returns, in a change, whether it can begin to listen. */
    boolean isStarting() {
        return state == State.STARTING;
    }

    /** Returns, in a change, whether another can take its place. */
    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** In a change: has these sockets from now on. */
    void take(List<ListeningSocket> own) {
        state = State.RUNNING;
        started = true;
        sockets = List.copyOf(own);
        bound = sockets.stream().map(ListeningSocket::address).toList();
        bound.forEach(parts().neighbours()::listens);
    }

    /** In a change: gives its sockets away. Its sessions continue; {@link GatewayResources#retire} follows when the change is made. */
    List<ListeningSocket> retire() {
        state = State.RETIRED;
        List<ListeningSocket> given = sockets;
        sockets = List.of();
        bound = List.of();
        return given;
    }

    /** Ends what did not come to run. */
    CompletableFuture<Void> abandon() {
        synchronized (CHANGES) {
            state = State.STOPPING;
        }
        parts().sessions().stop();
        return stopped;
    }

    /** Ends it; running transfers have so long. */
    CompletableFuture<Void> stop(Duration grace) {
        State before;
        List<ListeningSocket> closing;
        synchronized (CHANGES) {
            before = state;
            closing = sockets;
            state = State.STOPPING;
            sockets = List.of();
        }
        if (before == State.NEW) {
            onReleased();
        } else if (before == State.RUNNING || before == State.RETIRED) {
            parts().admission().stop();
            closing.forEach(socket -> close(socket, parts().neighbours()));
            drain(grace);
        }
        // The start notices it, and abandons the gateway.
        return stopped;
    }

    /** Closes a socket of one of these gateways. */
    static void close(ListeningSocket socket, SharedGatewayState neighbours) {
        neighbours.listensNoMore(socket.address());
        socket.close();
    }

    private void drain(Duration grace) {
        Sessions sessions = parts().sessions();
        loops.orElseThrow().forEach(loop -> loop.terminationFuture().addListener(lostLoop));
        Future<?> deadline;
        try {
            deadline = loops.orElseThrow()
                    .next()
                    .schedule(
                            sessions::stopNow,
                            grace.compareTo(LONGEST_GRACE) < 0 ? grace.toNanos() : LONGEST_GRACE.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            onLostLoop();
            return;
        }
        sessions.stop().whenComplete((none, error) -> deadline.cancel(false));
    }

    /** While it stops: the sessions of an event loop that has ended never end, and those of others cannot be waited for alone. */
    private void onLostLoop() {
        parts().sessions().stopNow();
        release();
    }

    /** What is stopped already, or left by its last session, ends in its own way. */
    private void onFailed(GatewayFailure failure) {
        synchronized (CHANGES) {
            if (state == State.STOPPING || released.get()) {
                return;
            }
        }
        ended.completeExceptionally(new GatewayFailedException(failure.what(), failure.cause()));
    }

    private void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        CompletionStage<Void> gone = parts.map(its -> {
                    watched.ifPresent(its.neighbours().loops()::remove);
                    return its.release();
                })
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        if (givenLoops().isPresent()) {
            givenLoops().get().terminationFuture().removeListener(loopsEnd);
            givenLoops().get().forEach(loop -> loop.terminationFuture().removeListener(lostLoop));
            gone.thenRun(this::onReleased);
        } else {
            loops.ifPresent(
                    own -> parts.ifPresent(its -> its.neighbours().sharedPorts().closeOn(own)));
            loops.ifPresentOrElse(
                    own -> own.shutdownGracefully(0, 1, TimeUnit.SECONDS)
                            .addListener(done -> gone.thenRun(this::onReleased)),
                    () -> gone.thenRun(this::onReleased));
        }
    }

    private void onReleased() {
        stopped.complete(null);
        ended.complete(null);
    }
}
