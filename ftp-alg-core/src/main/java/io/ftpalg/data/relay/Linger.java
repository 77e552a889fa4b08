package io.ftpalg.data.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that a relay waits for its receiver after everything was written, or less: where enough may be known before, it
 * looks for that after 1, 2, 4 and so on milliseconds, since no event reports an acknowledgement. Owned by a relay, on its
 * loop.
 */
final class Linger {
    private static final long FIRST_LOOK_MILLIS = 1;

    private final EventLoop loop;
    private final Optional<BooleanSupplier> enough;
    private final Runnable over;
    private final long time;
    private @Nullable Future<?> looking;

    Linger(EventLoop loop, Duration time, Optional<BooleanSupplier> enough, Runnable over) {
        this.loop = loop;
        this.enough = enough;
        this.over = over;
        this.time = time.toNanos();
    }

    /** Looks for the first time at once. */
    void start() {
        look(enough.isPresent() ? TimeUnit.MILLISECONDS.toNanos(FIRST_LOOK_MILLIS) : time, time);
    }

    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    private void look(long delay, long left) {
        if (left <= 0 || enough.isPresent() && enough.get().getAsBoolean()) {
            over.run();
        } else {
            looking = loop.schedule(() -> look(2 * delay, left - delay), Math.min(delay, left), TimeUnit.NANOSECONDS);
        }
    }
}
