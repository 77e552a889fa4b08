package io.ftpalg.data.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs an action each time that nothing was passed on for an interval. Owned by {@link InspectedBytes}, on the session's loop. */
final class Trickle {
    private final Future<?> timer;
    private final Runnable action;
    private boolean quiet = true;

    Trickle(EventLoop loop, Duration interval, Runnable action) {
        this.action = action;
        this.timer = loop.scheduleWithFixedDelay(
                this::onInterval, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    void onInterval() {
        if (quiet) {
            action.run();
        }
        quiet = true;
    }

    /** Bytes were passed on. */
    void passed() {
        quiet = false;
    }

    void stop() {
        timer.cancel(false);
    }
}
