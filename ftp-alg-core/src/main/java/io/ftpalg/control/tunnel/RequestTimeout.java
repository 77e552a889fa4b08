package io.ftpalg.control.tunnel;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time that a client has for the next step of its request, one at a time. Owned by its connection, on its loop. */
final class RequestTimeout {
    private final EventLoop loop;
    private @Nullable Future<?> running;

    RequestTimeout(EventLoop loop) {
        this.loop = loop;
    }

    /** Starts it, in place of the one before. */
    void start(Duration time, Runnable expired) {
        cancel();
        running = loop.schedule(expired, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
