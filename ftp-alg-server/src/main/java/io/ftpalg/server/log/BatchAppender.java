package io.ftpalg.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writes the log to stderr from a thread of its own, many lines at a time. Any thread logs, and none waits: lines beyond
 * those that fit into the queue are discarded and counted, and a line has the count. Made by Logback (see logback.xml).
 *
 * <p>A line that comes alone is written at once. After that the writer rests for a moment before it looks again, so that a
 * busy event loop neither wakes it for each line nor pays a system call for each.
 */
public final class BatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int ROOM = 8192;
    private static final long REST_MILLIS = 5;
    /** Lines of a usual batch: their array is used again. */
    private static final int USUAL_BYTES = 64 << 10;

    private static final long LAST_LINES_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final Supplier<PrintStream> stream;
    private Encoder<ILoggingEvent> ownEncoder = new PatternLayoutEncoder();
    private volatile Encoder<ILoggingEvent> encoder = ownEncoder;
    private Thread writer = new Thread(this::write, "log");
    /** The writer's. */
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Makes it for stderr. */
    public BatchAppender() {
        this(() -> System.err);
    }

    BatchAppender(Supplier<PrintStream> stream) {
        this.stream = stream;
    }

    /** Sets what makes bytes of an event; called by Logback. */
    public void setEncoder(Encoder<ILoggingEvent> chosen) {
        ownEncoder = chosen;
        encoder = chosen;
    }

    /** Has another encoder make the bytes of the next lines, which must be started. Any thread. */
    void use(Encoder<ILoggingEvent> chosen) {
        encoder = chosen;
    }

    /** Has the encoder that Logback's file names make the bytes of the next lines again. Any thread. */
    void useOwnEncoder() {
        encoder = ownEncoder;
    }

    @Override
    public void start() {
        super.start();
        writer = new Thread(this::write, "log");
        writer.setDaemon(true);
        writer.start();
    }

    /** Writes what is there, and ends. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        writer.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            writer.join(LAST_LINES_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            FatalErrors.report(proxy.getThrowable());
        }
    }

    private void write() {
        List<ILoggingEvent> batch = new ArrayList<>();
        while (isStarted()) {
            try {
                if (queue.drainTo(batch) == 0) {
                    batch.add(queue.take());
                }
                writeAll(batch);
                TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            } catch (InterruptedException e) {
                // Interrupted to stop: the rest is written below.
            } catch (Throwable e) {
                // Whatever is thrown, the next line may be written again, or the program ends: a log without its thread
                // is silent.
                batch.clear();
                FatalErrors.report(e);
                addError("cannot write the log", e);
            }
        }
        queue.drainTo(batch);
        writeAll(batch);
    }

    private void writeAll(List<ILoggingEvent> batch) {
        if (bytes.size() > USUAL_BYTES) {
            bytes = new ByteArrayOutputStream();
        }
        bytes.reset();
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            batch.add(discarded(lost));
        }
        for (ILoggingEvent event : batch) {
            try {
                bytes.writeBytes(encoder.encode(event));
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                // One bad event must not end the log.
                addError("cannot write an event", e);
            }
        }
        batch.clear();
        PrintStream target = stream.get();
        try {
            bytes.writeTo(target);
        } catch (IOException e) {
            // A PrintStream reports none.
            throw new UncheckedIOException(e);
        }
        target.flush();
    }

    private ILoggingEvent discarded(long lines) {
        Logger logger = ((LoggerContext) getContext()).getLogger(BatchAppender.class);
        String message = "log lines discarded count=" + lines + ": stderr was not read in time";
        return new LoggingEvent(BatchAppender.class.getName(), logger, Level.WARN, message, null, null);
    }
}
