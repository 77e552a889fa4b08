package io.ftpalg.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that the test moves; it begins just before nanoTime overflows, which it may. */
final class Clock implements LongSupplier {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
