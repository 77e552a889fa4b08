package io.ftpalg.server.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the program when the JVM cannot continue, such as out of memory: one line on stderr, and an exit code of its own, so that
 * a service manager restarts it. Installed by Main for all threads; receives what ends a thread, and what is logged with an
 * error of the JVM, since Netty and executors catch whatever is thrown in a task.
 *
 * <p>What it needs is allocated when it is made, its thread included: afterwards there may be no memory for it.
 */
public final class FatalErrors implements Thread.UncaughtExceptionHandler {
    /** As of the JVM with -XX:+ExitOnOutOfMemoryError. */
    static final int EXIT_CODE = 3;

    private static final Logger logger = LoggerFactory.getLogger(FatalErrors.class);
    private static final long PRINT_MILLIS = 1000;

    private final CountDownLatch failed = new CountDownLatch(1);
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Consumer<byte[]> print;
    private final IntConsumer halt;
    private volatile byte[] line =
            "ftp-alg: out of memory or failed JVM: exiting with code 3 (raise -Xmx, or lower the limits of sessions)\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** Makes it for stderr and the JVM. */
    public FatalErrors() {
        this(printer(), code -> Runtime.getRuntime().halt(code));
    }

    /** Makes one that prints and ends the JVM by these, for tests. */
    public FatalErrors(Consumer<byte[]> print, IntConsumer halt) {
        this.print = print;
        this.halt = halt;
        Thread thread = new Thread(this::awaitFailure, "fatal-errors");
        thread.setDaemon(true);
        thread.start();
    }

    private static Consumer<byte[]> printer() {
        FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
        return line -> {
            try {
                stderr.write(line);
            } catch (IOException e) {
                // Nothing else can be done.
            }
        };
    }

    private void awaitFailure() {
        try {
            failed.await();
            print.accept(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            printed.countDown();
        }
    }

    /** Returns whether the JVM is unreliable after this; a stack overflow ends only what was being done. */
    static boolean isFatal(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Ends the program if the error is fatal, and one of these is installed: in the program, not in a library. */
    static void report(Throwable error) {
        if (isFatal(error) && Thread.getDefaultUncaughtExceptionHandler() instanceof FatalErrors installed) {
            installed.end();
        }
    }

    /** Ends the program because a gateway cannot continue, if one of these is installed: in the program, not in a library. */
    public static void gatewayFailed(Throwable failure) {
        if (Thread.getDefaultUncaughtExceptionHandler() instanceof FatalErrors installed) {
            installed.end(failure);
        }
    }

    /** Ends it with a line that names what failed; out of memory there may be none for another line. */
    void end(Throwable failure) {
        if (!isFatal(failure)) {
            line = ("ftp-alg: " + Escape.line(String.valueOf(failure.getMessage())) + ": exiting with code " + EXIT_CODE
                            + '\n')
                    .getBytes(StandardCharsets.US_ASCII);
        }
        end();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (isFatal(error)) {
            end();
        } else {
            logger.error("thread ended name={}", thread.getName(), error);
        }
    }

    /** A stderr that is not read must not keep the program alive. */
    private void end() {
        failed.countDown();
        try {
            boolean unused = printed.await(PRINT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            halt.accept(EXIT_CODE);
        }
    }
}
