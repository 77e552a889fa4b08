package io.ftpalg.server.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/** Spans between the event loops, which never wait for it, and the thread that exports them. What does not fit is counted. Any thread. */
final class SpanQueue {
    /** Spans that wait. */
    static final int CAPACITY = 2048;
    /** Spans of one request. */
    static final int BATCH = 512;

    private final BlockingQueue<Span> spans = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Runnable onBatch;

    /**
     * Makes an empty one.
     *
     * @param onBatch called when there is a batch, by the thread that has added to it; must not block
     */
    SpanQueue(Runnable onBatch) {
        this.onBatch = onBatch;
    }

    void add(Span span) {
        if (!spans.offer(span)) {
            dropped.increment();
        }
        if (hasBatch()) {
            onBatch.run();
        }
    }

    boolean hasBatch() {
        return spans.size() >= BATCH;
    }

    /** Returns the spans that waited longest, a batch at most. */
    List<Span> next() {
        List<Span> batch = new ArrayList<>(Math.min(BATCH, spans.size()));
        spans.drainTo(batch, BATCH);
        return batch;
    }

    /** Counts spans that were taken and are not exported. */
    void drop(int count) {
        dropped.add(count);
    }

    /** Returns how many spans were not exported. */
    long dropped() {
        return dropped.sum();
    }
}
