package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditField;
import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.log.Escape;
import io.ftpalg.server.log.LogLimiter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a sink, and the queue in front of it. A write that fails is repeated until it succeeds, while records wait in the queue
 * and are dropped beyond its bounds. Owned by the audit; records are offered on any thread, at once.
 */
public final class SinkWorker implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SinkWorker.class);
    private static final int BATCH = 256;
    private static final long TICK_MILLIS = 1000;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5000;
    /** A process that is being replaced has so long to leave a file to this one, before that is a failure. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(30);
    /** What waits in the queue at the end has so long. */
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);

    private final SinkSettings settings;
    private final AuditRecord.Origin origin;
    private final Sink sink;
    private final SinkQueue queue;
    private final LogLimiter limiter = new LogLimiter(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean failing;
    private volatile boolean reopen;
    private volatile boolean makeWay;
    /** Set before {@link #closing} is. */
    private volatile long giveUpAt;

    /** What may fail. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    /** Makes it; records wait until it is started. */
    public SinkWorker(SinkSettings settings, Sink sink, AuditRecord.Origin origin) {
        this.settings = settings;
        this.origin = origin;
        this.sink = sink;
        this.queue = new SinkQueue(settings.queue().records(), settings.queue().bytes());
        this.thread = new Thread(this::run, "audit-" + settings.name());
        thread.setDaemon(true);
    }

    /** Begins to write. */
    public void start() {
        thread.start();
    }

    /** Returns what it was made of. */
    public SinkSettings settings() {
        return settings;
    }

    /** Adds a record to the queue, or drops it. */
    public void offer(AuditRecord record) {
        if (!queue.offer(record)) {
            logDropped();
        }
    }

    private void logDropped() {
        limiter.log(
                new LogLimiter.Key("audit records dropped", "", settings.name()),
                repeated -> logger.warn(
                        "audit records dropped sink={} dropped={} cause={}{}",
                        settings.name(),
                        queue.dropped(),
                        failing ? "sink-failed" : "sink-slow",
                        repeated));
    }

    /** Returns whether records that come now can be written. */
    public boolean canWrite() {
        return !failing && !queue.isOverflowing();
    }

    /** Returns how many records were dropped. */
    public long dropped() {
        return queue.dropped();
    }

    /** What the sink writes to may have been replaced: it opens it again. */
    public void reopen() {
        reopen = true;
        queue.wake();
    }

    /** Another process writes to the same place from now on. */
    public void makeWay() {
        makeWay = true;
        queue.wake();
    }

    private void run() {
        try {
            while (!isClosed() || queue.size() > 0) {
                List<AuditRecord> batch = queue.take(BATCH, isClosed() ? 0 : TICK_MILLIS);
                if (!writeAll(batch) || !write(sink::tick)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failing = true;
            logger.error("audit sink ended sink={}", settings.name(), e);
        } finally {
            sink.close();
            limiter.close();
        }
    }

    /** Returns false if it must end before all were written. */
    private boolean writeAll(List<AuditRecord> batch) throws InterruptedException {
        int written = 0;
        for (AuditRecord record : batch) {
            if (!write(() -> sink.write(record))) {
                queue.lost(batch.size() - written);
                logDropped();
                return false;
            }
            written++;
        }
        long dropped = queue.takeDropped();
        if (dropped > 0 && !write(() -> sink.write(droppedRecord(dropped)))) {
            return false;
        }
        if (batch.isEmpty() && dropped == 0 || write(sink::flush)) {
            return true;
        }
        queue.lost(batch.size());
        logDropped();
        return false;
    }

    private AuditRecord droppedRecord(long dropped) {
        return new AuditRecord.Fields()
                .put(AuditField.DROPPED, dropped)
                .record(0, Instant.now(), origin, AuditEvent.RECORDS_DROPPED);
    }

    private boolean write(Write work) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        long begin = System.nanoTime();
        while (true) {
            try {
                doRequests();
                work.run();
                if (failing) {
                    failing = false;
                    logger.info("audit sink recovered sink={}", settings.name());
                }
                return true;
            } catch (InUseException e) {
                if (System.nanoTime() - begin > REPLACEMENT.toNanos()) {
                    failed(e);
                }
                pause = FIRST_PAUSE_MILLIS / 2;
            } catch (IOException e) {
                failed(e);
            }
            if (!pause(pause)) {
                return false;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private void doRequests() throws IOException {
        if (reopen) {
            reopen = false;
            sink.reopen();
        }
        if (makeWay) {
            makeWay = false;
            sink.makeWay();
        }
    }

    private void failed(IOException e) {
        failing = true;
        limiter.log(
                new LogLimiter.Key("audit sink failed", "", settings.name()),
                repeated -> logger.warn(
                        "audit sink failed sink={} cause={}{}",
                        settings.name(),
                        Escape.quoted(SinkException.text(e)),
                        repeated));
    }

    /** Waits before the next attempt; false if there must be none. */
    private boolean pause(long millis) throws InterruptedException {
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            Thread.sleep(FIRST_PAUSE_MILLIS);
        }
        return !isClosed() || System.nanoTime() - giveUpAt < 0;
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Writes what waits, as far as that works within a few seconds, and ends the thread; blocks. */
    @Override
    public void close() {
        giveUpAt = System.nanoTime() + LAST_WRITES.toNanos();
        closing.countDown();
        queue.wake();
        try {
            thread.join(LAST_WRITES.toMillis() + TICK_MILLIS);
            if (thread.isAlive()) {
                // It waits for a disk or a server.
                thread.interrupt();
                sink.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
