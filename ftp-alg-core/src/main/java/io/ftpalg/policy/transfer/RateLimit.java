package io.ftpalg.policy.transfer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bandwidth, for one direction of all transfers that share it. Thread-safe; never blocks.
 *
 * <p>Each reservation takes the time that its bytes have at this rate, one behind the other on a clock that runs at most by the burst
 * behind the real one: bytes that nobody moved are lost beyond that. Reservations are small, 10 ms of the rate, so that all who share it
 * move alike: who asks again waits behind those that asked before.
 */
public final class RateLimit implements ByteAllowance {
    private static final long SECOND = 1_000_000_000L;
    private static final int SLICES = 100;
    /** Less would cost a timer for each packet. */
    private static final int SMALLEST = 2048;

    private static final int LARGEST = 1 << 20;
    private static final Duration USUAL_BURST = Duration.ofMillis(20);

    private final long bytesPerSecond;
    private final long burstNanos;
    private final int slice;
    /** When the bytes are through that were reserved so far. */
    private final AtomicLong through;

    /** Makes one that lets what was not used for 20 ms be used later. */
    public RateLimit(long bytesPerSecond) {
        this(bytesPerSecond, bytesPerSecond * USUAL_BURST.toNanos() / SECOND);
    }

    /**
     * Makes one with a burst.
     *
     * @param bytesPerSecond how many bytes, 1 to 2^40
     * @param burst how many bytes may be moved at once if none were before, 0 to 2^40
     */
    public RateLimit(long bytesPerSecond, long burst) {
        this(bytesPerSecond, burst, System.nanoTime());
    }

    RateLimit(long bytesPerSecond, long burst, long now) {
        if (bytesPerSecond < 1 || bytesPerSecond > 1L << 40) {
            throw new IllegalArgumentException("a rate is 1 to 2^40 bytes a second, not " + bytesPerSecond);
        }
        if (burst < 0 || burst > 1L << 40) {
            throw new IllegalArgumentException("a burst is 0 to 2^40 bytes, not " + burst);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.burstNanos = nanos(burst);
        this.slice = (int) Math.max(SMALLEST, Math.min(LARGEST, bytesPerSecond / SLICES));
        this.through = new AtomicLong(now - burstNanos);
    }

    /** Returns the rate. */
    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    @Override
    public Grant reserve(int wanted, long now) {
        int bytes = Math.min(wanted, slice);
        long time = nanos(bytes);
        long earliest = now - burstNanos;
        // Differences, since the clock may be negative and may overflow.
        long begins = through.updateAndGet(last -> (last - earliest < 0 ? earliest : last) + time) - time;
        return new Grant(bytes, Math.max(0, begins - now));
    }

    @Override
    public void giveBack(int bytes) {
        through.addAndGet(-nanos(bytes));
    }

    private long nanos(long bytes) {
        return (long) ((double) bytes * SECOND / bytesPerSecond);
    }
}
