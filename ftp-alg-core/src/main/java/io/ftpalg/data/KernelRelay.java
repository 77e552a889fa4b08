package io.ftpalg.data;

import io.ftpalg.data.kernel.FlowEnd;
import io.ftpalg.data.kernel.FlowListener;
import io.ftpalg.data.kernel.FlowProgress;
import io.ftpalg.data.kernel.KernelFlow;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Side;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the kernel carries from one side to the other, as the relay of its transfer. No byte of it comes here: a stall is a
 * counter of the kernel that does not grow.
 *
 * <p>Owned by its session, on its loop. Made before the connection is there, and told by {@link #begin} when its transfer begins; what
 * happened before counts as if it happened then.
 *
 * <pre>
 * ASKED --> READY --> CONNECTED --begin--> RUNNING --> OVER
 *   +---------+------------+-----------------------------^
 * </pre>
 */
public final class KernelRelay implements DataRelay {
    /** Growth of less is a retransmission or the probe of a closed window. */
    static final long SEGMENT = 1460;

    /** How long a connection may stand still behind the final reply before its end is no longer waited for. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private static final int LOOKS = 4;
    /** How long the client may take to end an upload once its control connection is gone. */
    private static final Duration MOMENT = Duration.ofMillis(500);
    /** How long the kernel may take to report a connection that was cut. */
    private static final Duration CUT_REPORT = Duration.ofSeconds(2);

    /** Receives the result of the request before the relay begins; called in a later turn of the loop. */
    public interface Listener {
        /** The kernel passes the next connection on. */
        void onReady();

        /** It does not, or no longer: connections arrive at the listening socket. */
        void onUnavailable(String reason);

        /** Both sides are connected. */
        void onConnected(InetSocketAddress peer);

        /**
         * The connection was there and is no more, before its transfer could begin.
         *
         * @param side whose end failed
         */
        void onFailed(Side side, DataFailure failure, String detail);
    }

    private enum State {
        ASKED,
        READY,
        CONNECTED,
        RUNNING,
        OVER
    }

    private final EventLoop loop;
    private final Side peer;
    private final Listener listener;
    private final KernelFlow flow;
    private State state = State.ASKED;
    private boolean withdrawn;
    private End cause = End.ABORTED;
    private FlowProgress progress = new FlowProgress(0, 0);
    private long moved;
    private long movedAt;
    private boolean asked;
    private @Nullable FlowEnd ended;
    private @Nullable RelayPlan plan;
    private @Nullable Consumer<RelayResult> result;
    private @Nullable Future<?> watch;
    private @Nullable Future<?> cutting;

    /**
     * Asks the kernel.
     *
     * @param peer the side that connects to the gateway
     * @param offload makes the request to the kernel
     */
    public KernelRelay(EventLoop loop, Side peer, Listener listener, Function<FlowListener, KernelFlow> offload) {
        this.loop = loop;
        this.peer = peer;
        this.listener = listener;
        this.flow = offload.apply(new Events());
    }

    /** Returns the side that connects to the gateway. */
    public Side peer() {
        return peer;
    }

    @Override
    public DataPath path() {
        return DataPath.KERNEL;
    }

    /** As of the kernel's last report. */
    @Override
    public long written(Side to) {
        return to == peer ? progress.bytesFromTarget() : progress.bytesFromPeer();
    }

    // ---- before the transfer

    /** No connection is wanted from the kernel any more; one that was faster is cut, and {@link Listener#onFailed} follows. */
    public void withdraw() {
        withdrawn = true;
        flow.remove();
    }

    /** Nothing is wanted any more: a connection is cut, and nothing is reported. */
    public void close() {
        state = State.OVER;
        stopTimers();
        flow.cut();
    }

    // ---- the transfer

    /** Returns whether the kernel passes the next connection on, or has done so. */
    public boolean mayBegin() {
        return state == State.READY || state == State.CONNECTED;
    }

    /** Returns whether both sides are, or were, connected, and the transfer has not begun. */
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    /**
     * The transfer begins: its end is reported from now on, once, in a later turn. One that is about to be cut may begin before anybody
     * has been reported as connected, so that what the kernel has passed on by then is counted.
     *
     * @throws IllegalStateException if nobody can have connected, or it began before
     */
    public void begin(RelayPlan how, Consumer<RelayResult> end) {
        if (!mayBegin()) {
            throw new IllegalStateException("no connection in the kernel to follow: " + state);
        }
        state = State.RUNNING;
        plan = how;
        result = end;
        FlowEnd before = ended;
        if (before != null) {
            loop.execute(() -> finish(before));
            return;
        }
        movedAt = System.nanoTime();
        long period = Math.max(1, how.stallTimeout().toNanos() / LOOKS);
        watch = loop.scheduleWithFixedDelay(
                () -> lookForStall(how.stallTimeout()), period, period, TimeUnit.NANOSECONDS);
    }

    private void lookForStall(Duration timeout) {
        if (System.nanoTime() - movedAt >= timeout.toNanos()) {
            cut(End.STALLED);
        } else {
            flow.poll(this::onProgress);
        }
    }

    private void onProgress(FlowProgress now) {
        progress = now;
        if (total(now) - moved >= SEGMENT) {
            moved = total(now);
            movedAt = System.nanoTime();
        }
    }

    private static long total(FlowProgress progress) {
        return progress.bytesFromPeer() + progress.bytesFromTarget();
    }

    /**
     * The client has the final reply: the end is waited for as long as bytes move, and a moment more. What has not ended then is left
     * to itself, and reported as {@link End#UNOBSERVED}.
     */
    public void endSoon() {
        if (state != State.RUNNING || cutting != null) {
            return;
        }
        stopWatch();
        flow.poll(this::onProgress);
        watch = loop.scheduleWithFixedDelay(
                this::lookForEnd, SETTLING.toMillis(), SETTLING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookForEnd() {
        if (asked) {
            unobserved();
            return;
        }
        asked = true;
        flow.poll(now -> {
            asked = false;
            boolean still = total(now) - total(progress) < SEGMENT;
            onProgress(now);
            if (still && state == State.RUNNING) {
                unobserved();
            }
        });
    }

    private void unobserved() {
        report(End.UNOBSERVED, progress.bytesFromPeer(), progress.bytesFromTarget());
    }

    @Override
    public void abort() {
        cut(cause);
    }

    @Override
    public void abortAfter(Duration time) {
        later(time, this::abort);
    }

    @Override
    public void cutUnlessSent() {
        later(MOMENT, this::abort);
    }

    private void later(Duration time, Runnable task) {
        if (state == State.RUNNING && cutting == null) {
            cutting = loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cut(End why) {
        if (state != State.RUNNING) {
            return;
        }
        cause = why;
        stopTimers();
        flow.cut();
        try {
            watch = loop.schedule(
                    () -> report(cause, progress.bytesFromPeer(), progress.bytesFromTarget()),
                    CUT_REPORT.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The loop is past its last turn; the owner must be notified nevertheless.
            report(cause, progress.bytesFromPeer(), progress.bytesFromTarget());
        }
    }

    // ---- the end

    private void finish(FlowEnd end) {
        report(verdict(end), end.bytesFromPeer(), end.bytesFromTarget());
    }

    private End verdict(FlowEnd end) {
        return switch (end.how()) {
            case COMPLETE -> End.COMPLETE;
            case RESET_BY_PEER -> resetBy(peer, end);
            case RESET_BY_TARGET -> resetBy(peer.other(), end);
            case CUT -> cause;
            case LOST -> End.UNOBSERVED;
        };
    }

    private End resetBy(Side side, FlowEnd end) {
        if (side == Side.CLIENT) {
            return End.CLIENT_RESET;
        }
        long sent = side == peer ? end.bytesFromPeer() : end.bytesFromTarget();
        boolean unused = sent == 0 && plan != null && plan.flow() == RelayPlan.Flow.DOWNLOAD;
        return unused ? End.SERVER_UNUSED : End.SERVER_RESET;
    }

    private void report(End end, long fromPeer, long fromTarget) {
        Consumer<RelayResult> receiver = result;
        if (state != State.RUNNING || receiver == null) {
            return;
        }
        state = State.OVER;
        stopTimers();
        boolean peerIsClient = peer == Side.CLIENT;
        receiver.accept(
                new RelayResult(end, peerIsClient ? fromTarget : fromPeer, peerIsClient ? fromPeer : fromTarget));
    }

    private void stopWatch() {
        if (watch != null) {
            watch.cancel(false);
            watch = null;
        }
    }

    private void stopTimers() {
        stopWatch();
        if (cutting != null) {
            cutting.cancel(false);
            cutting = null;
        }
    }

    /** What the kernel reports. */
    private final class Events implements FlowListener {
        @Override
        public void onReady() {
            if (state == State.ASKED && !withdrawn) {
                state = State.READY;
                listener.onReady();
            }
        }

        @Override
        public void onUnavailable(String reason) {
            unavailable(reason);
        }

        @Override
        public void onFallback(String reason) {
            unavailable(reason);
        }

        private void unavailable(String reason) {
            if (state == State.RUNNING) {
                // It was about to be cut, and nothing has moved.
                report(cause, 0, 0);
            } else if (state != State.OVER) {
                state = State.OVER;
                if (!withdrawn) {
                    listener.onUnavailable(reason);
                }
            }
        }

        @Override
        public void onConnected(InetSocketAddress from) {
            if (state == State.READY && !withdrawn) {
                state = State.CONNECTED;
                listener.onConnected(from);
            }
        }

        @Override
        public void onEnded(FlowEnd end) {
            switch (state) {
                case ASKED, READY -> onEndedUnconnected(end);
                case CONNECTED -> ended = end;
                case RUNNING -> finish(end);
                case OVER -> {}
            }
        }

        private void onEndedUnconnected(FlowEnd end) {
            state = State.OVER;
            if (withdrawn) {
                listener.onFailed(peer, DataFailure.NOT_CONNECTED, "connected before data was to be under TLS");
            } else if (end.how() == FlowEnd.How.RESET_BY_TARGET) {
                listener.onFailed(peer.other(), DataFailure.NOT_ACCEPTED, "connection refused");
            } else {
                listener.onUnavailable("the connection ended before it was established");
            }
        }
    }
}
