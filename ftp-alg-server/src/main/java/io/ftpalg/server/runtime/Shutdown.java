package io.ftpalg.server.runtime;

import io.ftpalg.server.log.LogLevels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the program at SIGTERM or SIGINT, with an exit code of its own.
 *
 * <p>After a signal the JVM would exit with 128 + signal even if all went well, and there is no supported way to handle a
 * signal; so the shutdown hook does the work and then halts the JVM. The hook must be added only once nothing but a signal
 * can end the program, or taken back before it ends otherwise.
 */
public final class Shutdown {
    private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);
    /** How much longer than its grace a stop may take before it is given up. */
    private static final Duration SLACK = Duration.ofSeconds(10);
    /** How often a stop reports how far it is. */
    private static final Duration PROGRESS = Duration.ofSeconds(5);

    /** How long the count of transfers may take. */
    private static final Duration SNAPSHOT = Duration.ofSeconds(1);

    private static final Duration LONG_PROGRESS = Duration.ofMinutes(1);

    /** Work to do at the end. */
    @FunctionalInterface
    public interface Work {
        /** Does it, and returns the exit code. */
        int run() throws InterruptedException;
    }

    private Shutdown() {}

    /** Does the work when a signal ends the program, and then halts the JVM with the exit code of the work. */
    public static Thread onSignal(Work work) {
        Thread hook = new Thread(
                () -> {
                    int code = run(work);
                    LogLevels.flush();
                    Runtime.getRuntime().halt(code);
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /** Takes the work back, so that the program can end by itself; if a signal was faster, waits for the end. */
    public static void cancel(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            awaitSignal();
        }
    }

    /** Waits for a signal: never returns, since the hook ends the JVM; throws if the caller is interrupted. */
    public static int awaitSignal() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    /** Returns how long {@link #drain} takes at most. */
    public static Duration longest(Duration grace) {
        return grace.plus(SLACK);
    }

    /** Stops the gateways and waits until they have; returns 0, or 1 if they do not stop. */
    public static int drain(Gateways gateways, Duration grace) throws InterruptedException {
        logger.info("shutdown started sessions={} grace={}s", gateways.sessions(), grace.toSeconds());
        try {
            if (!LongWait.await(gateways.stop(grace), longest(grace), PROGRESS, left -> logDraining(gateways, left))) {
                logger.error("shutdown failed: sessions={} do not end", gateways.sessions());
                return 1;
            }
        } catch (ExecutionException e) {
            logger.error("shutdown failed", e);
            return 1;
        }
        logger.info("shutdown finished");
        return 0;
    }

    /** Waits for the end of the sessions of gateways that another process has replaced, so long at most. */
    public static void awaitEnd(CompletableFuture<Void> ended, Duration limit, Gateways gateways)
            throws InterruptedException {
        try {
            LongWait.await(ended, limit, LONG_PROGRESS, left -> logDraining(gateways, left));
        } catch (ExecutionException e) {
            logger.error("gateway failed", e.getCause());
        }
    }

    private static void logDraining(Gateways gateways, Duration left) {
        logger.info(
                "draining sessions={} transfers={} left={}s",
                gateways.sessions(),
                transfers(gateways),
                left.toSeconds());
    }

    /** Returns how many transfers run; {@code -} if an event loop does not reply in time. */
    private static String transfers(Gateways gateways) {
        return gateways.snapshots()
                .thenApply(all -> String.valueOf(all.stream()
                        .filter(session -> session.transfer().isPresent())
                        .count()))
                .completeOnTimeout("-", SNAPSHOT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(ended -> "-")
                .join();
    }

    private static int run(Work work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException e) {
            logger.error("shutdown failed", e);
            return 1;
        }
    }
}
