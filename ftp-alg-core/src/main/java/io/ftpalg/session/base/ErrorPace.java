package io.ftpalg.session.base;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits replies to errors to a few a second, for a client that sends nothing but errors. */
final class ErrorPace {
    private static final int ERRORS = 5;
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

    private long windowStart;
    private int errors;

    /** Counts an error whose reply is sent now. */
    void error(long now) {
        if (errors == 0 || now - windowStart >= WINDOW) {
            windowStart = now;
            errors = 0;
        }
        errors++;
    }

    /** A command was good: errors count from zero. */
    void success() {
        errors = 0;
    }

    /** Returns how long the next command must wait; zero if it need not. */
    Duration delay(long now) {
        return errors < ERRORS || now - windowStart >= WINDOW
                ? Duration.ZERO
                : Duration.ofNanos(WINDOW - (now - windowStart));
    }
}
