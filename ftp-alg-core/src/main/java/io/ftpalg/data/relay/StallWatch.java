package io.ftpalg.data.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs an action once when a number stays the same for too long. Owned by a relay, on its loop; looks a few times in
 * each timeout, so that moving a byte costs nothing.
 */
final class StallWatch {
    private static final int LOOKS = 4;

    private final LongSupplier movement;
    private final Runnable onStall;
    private final long timeout;
    private final Future<?> looking;
    private long last;
    private long since = System.nanoTime();

    StallWatch(EventLoop loop, Duration timeout, LongSupplier movement, Runnable onStall) {
        this.movement = movement;
        this.onStall = onStall;
        this.timeout = timeout.toNanos();
        this.last = movement.getAsLong();
        long period = Math.max(TimeUnit.MILLISECONDS.toNanos(1), this.timeout / LOOKS);
        this.looking = loop.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    void stop() {
        looking.cancel(false);
    }

    private void look() {
        long now = movement.getAsLong();
        if (now != last) {
            last = now;
            since = System.nanoTime();
        } else if (System.nanoTime() - since >= timeout) {
            stop();
            onStall.run();
        }
    }
}
