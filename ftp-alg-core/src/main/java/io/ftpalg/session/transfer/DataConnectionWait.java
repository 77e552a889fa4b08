package io.ftpalg.session.transfer;

import io.ftpalg.session.base.Timers;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The wait for the data connections of a transfer: it ends soon once an unexpected peer has connected. One of the waits of kind
 * {@link Timers.Kind#EXCHANGE}, so that another step of the command in flight ends it. Owned by its transfer.
 */
final class DataConnectionWait {

    /**
     * How long the expected peer may take to connect once somebody else has tried: behind a NAT that changes addresses it is
     * the peer itself, and will not come; a port scan must leave it time.
     */
    private static final Duration UNEXPECTED_PEER_GRACE = Duration.ofSeconds(5);

    private final Timers timers;
    private final Duration usual;
    private final TransferData data;
    /** It runs, at its usual length. */
    private boolean usualRuns;

    /**
     * Makes the wait; it does not run yet.
     *
     * @param usual how long it takes without an unexpected peer
     */
    DataConnectionWait(Timers timers, Duration usual, TransferData data) {
        this.timers = timers;
        this.usual = usual;
        this.data = data;
    }

    /**
     * Starts it, again if it runs.
     *
     * @param expired receives how long was waited in vain
     */
    void start(Consumer<Duration> expired) {
        Duration time = length();
        timers.start(Timers.Kind.EXCHANGE, time, () -> expired.accept(time));
        usualRuns = !data.hasUnexpectedPeer();
    }

    /** Another wait of the command in flight was started in its place. */
    void ended() {
        usualRuns = false;
    }

    /** An unexpected peer has connected: what runs at its usual length becomes short. */
    void onUnexpectedPeer(Consumer<Duration> expired) {
        if (usualRuns && data.isWaiting() && length().compareTo(usual) < 0) {
            start(expired);
        }
    }

    /** Returns how long it takes. */
    Duration length() {
        return data.hasUnexpectedPeer() && usual.compareTo(UNEXPECTED_PEER_GRACE) > 0 ? UNEXPECTED_PEER_GRACE : usual;
    }
}
