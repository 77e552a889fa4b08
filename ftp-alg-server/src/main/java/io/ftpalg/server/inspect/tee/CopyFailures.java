package io.ftpalg.server.inspect.tee;

import io.ftpalg.server.log.Escape;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts copies that failed, and logs one a minute at most. Thread-safe. */
final class CopyFailures {
    private static final Logger logger = LoggerFactory.getLogger(CopyFailures.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final String place;
    private final boolean passed;
    private final LongSupplier nanoTime;
    private long count;
    private long logged;
    private long loggedAt;

    CopyFailures(String place, boolean passed, LongSupplier nanoTime) {
        this.place = place;
        this.passed = passed;
        this.nanoTime = nanoTime;
    }

    /** Counts one. */
    synchronized void count(String detail) {
        count++;
        long now = nanoTime.getAsLong();
        if (logged == 0 || now - loggedAt >= PAUSE) {
            logger.warn(
                    "copy failed place={} failed={} passed={} detail={}",
                    Escape.quoted(place),
                    count - logged,
                    passed,
                    Escape.quoted(detail));
            logged = count;
            loggedAt = now;
        }
    }

    /** Returns how many there were. */
    synchronized long count() {
        return count;
    }
}
