package io.ftpalg.server.tls;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * A warning that any client may cause: logged at once, and then every 10 s at most, with the number of times it happened since
 * it was logged. One a cause; any thread.
 */
final class RepeatedWarning {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final LongSupplier nanoTime;
    private int count;
    private boolean logged;
    private long last;

    RepeatedWarning(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    /** Logs the text and how often it happened, or only counts it. */
    synchronized void warn(String text) {
        count++;
        long now = nanoTime.getAsLong();
        if (!logged || now - last >= INTERVAL) {
            logger.warn("{} count={}", text, count);
            logged = true;
            last = now;
            count = 0;
        }
    }
}
