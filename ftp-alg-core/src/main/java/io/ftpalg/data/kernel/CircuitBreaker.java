package io.ftpalg.data.kernel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps transfers off the kernel's path for a minute once connections do not get through it: each of them costs its client a second.
 * Afterwards one more failure is enough. Changed by the plane's loop, read by all sessions.
 */
final class CircuitBreaker {
    static final int FAILURES = 3;
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Runnable onOpen;
    private final AtomicLong opened = new AtomicLong();
    private int failures;

    /** Makes a closed one, which runs this whenever it opens. */
    CircuitBreaker(LongSupplier nanoTime, Runnable onOpen) {
        this.nanoTime = nanoTime;
        this.onOpen = onOpen;
    }

    boolean isClosed() {
        long since = opened.get();
        return since == 0 || nanoTime.getAsLong() - since >= PAUSE.toNanos();
    }

    void onSuccess() {
        failures = 0;
        opened.set(0);
    }

    void onFailure() {
        failures++;
        if (failures >= FAILURES && isClosed()) {
            opened.set(nanoTime.getAsLong() | 1);
            onOpen.run();
        }
    }
}
