package io.ftpalg.server.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for the end of something that may take long, and reports now and then how long it may still take. Stateless. */
final class LongWait {

    private LongWait() {}

    /**
     * Waits; returns whether it has ended in time.
     *
     * @param every how often to report
     * @param report receives how much of the time is left
     */
    static boolean await(CompletableFuture<?> end, Duration limit, Duration every, Consumer<Duration> report)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            try {
                end.get(Math.max(0, Math.min(left, every.toNanos())), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                report.accept(Duration.ofNanos(left));
            }
        }
    }
}
