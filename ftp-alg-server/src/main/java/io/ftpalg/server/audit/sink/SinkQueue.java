package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The records that wait for a sink, bounded in number and bytes: one that does not fit is dropped and counted. Records are added on
 * any thread, which never waits for the sink, and taken by one.
 */
final class SinkQueue {
    private final int mostRecords;
    private final long mostBytes;
    private final Queue<AuditRecord> records = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    /** Of these, those that {@link #takeDropped} has not returned yet. */
    private long unreported;
    /** From a drop until half of the queue is free. */
    private boolean overflowing;

    SinkQueue(int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Adds the record, or drops it; returns whether it was added. */
    synchronized boolean offer(AuditRecord record) {
        if (records.size() >= mostRecords || bytes + record.weight() > mostBytes) {
            dropped++;
            unreported++;
            overflowing = true;
            return false;
        }
        records.add(record);
        bytes += record.weight();
        notifyAll();
        return true;
    }

    /** Returns the next records, so many at most; none if there are none for this time. */
    synchronized List<AuditRecord> take(int most, long waitMillis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        long left = waitMillis;
        while (records.isEmpty() && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        List<AuditRecord> taken = new ArrayList<>(Math.min(most, records.size()));
        while (taken.size() < most && !records.isEmpty()) {
            AuditRecord next = records.remove();
            bytes -= next.weight();
            taken.add(next);
        }
        overflowing = overflowing && (records.size() > mostRecords / 2 || bytes > mostBytes / 2);
        return taken;
    }

    /** Ends a wait. */
    synchronized void wake() {
        notifyAll();
    }

    /** Counts records that were taken, and are lost all the same. */
    synchronized void lost(int count) {
        dropped += count;
        unreported += count;
    }

    /** Returns how many were dropped since it was asked last. */
    synchronized long takeDropped() {
        long since = unreported;
        unreported = 0;
        return since;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized boolean isOverflowing() {
        return overflowing;
    }

    synchronized int size() {
        return records.size();
    }
}
