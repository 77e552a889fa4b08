package io.ftpalg.server.otlp;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports spans in batches, on a thread of its own: every five seconds, or when a batch is full. A batch that the collector does not take
 * now is sent again, after the time it asks for or a growing one; after {@value #MOST_ATTEMPTS} attempts it is dropped.
 */
final class SpanExport implements Runnable {
    private static final Logger logger = LoggerFactory.getLogger(SpanExport.class);
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    static final int MOST_ATTEMPTS = 6;

    private final Collector collector;
    private final Resource resource;
    private final InstrumentationScope scope;
    private final Duration delay;
    private final Duration firstBackoff;
    private final ExportLog log = new ExportLog("traces");
    private final SpanQueue queue = new SpanQueue(this::wake);
    private final Thread thread = new DefaultThreadFactory("otlp-traces", true).newThread(this);
    private volatile boolean closing;

    SpanExport(Collector collector, Resource resource, String version) {
        this(collector, resource, version, DELAY, FIRST_BACKOFF);
    }

    SpanExport(Collector collector, Resource resource, String version, Duration delay, Duration firstBackoff) {
        this.collector = collector;
        this.resource = resource;
        this.scope = InstrumentationScope.newBuilder()
                .setName("ftp-alg")
                .setVersion(version)
                .build();
        this.delay = delay;
        this.firstBackoff = firstBackoff;
    }

    /** Begins; until then spans wait in the queue. */
    void start() {
        thread.start();
    }

    SpanQueue queue() {
        return queue;
    }

    /** Exports what there is, each batch once, and waits for that; returns earlier if the time is over. */
    void close(Duration limit) throws InterruptedException {
        closing = true;
        wake();
        thread.join(limit.toMillis());
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                pause(delay, true);
                exportAll();
            }
            exportAll();
        } catch (InterruptedException e) {
            logger.debug("spans not exported: interrupted", e);
        }
    }

    private void exportAll() throws InterruptedException {
        for (List<Span> batch = queue.next(); !batch.isEmpty(); batch = queue.next()) {
            try {
                export(batch);
            } catch (RuntimeException e) {
                // Whatever happens to one batch, the thread continues with the next.
                queue.drop(batch.size());
                logger.error("spans not exported: internal error", e);
            }
        }
    }

    private void export(List<Span> batch) throws InterruptedException {
        byte[] message = message(batch);
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = collector.post("/v1/traces", message);
            log.on(outcome);
            if (outcome instanceof Outcome.Accepted) {
                return;
            }
            if (attempt == MOST_ATTEMPTS || closing || !(outcome instanceof Outcome.Retryable retryable)) {
                queue.drop(batch.size());
                return;
            }
            pause(retryable.after().orElse(backoff(attempt)), false);
        }
    }

    /** Returns a time that doubles with each attempt, and is not that of other gateways. */
    private Duration backoff(int attempt) {
        long most = firstBackoff.toMillis() << (attempt - 1);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    /** Waits so long, but not beyond the end, and with {@code forBatch} not once there is a batch. */
    private void pause(Duration time, boolean forBatch) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !closing && !(forBatch && queue.hasBatch()); ) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    private byte[] message(List<Span> batch) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(ScopeSpans.newBuilder().setScope(scope).addAllSpans(batch)))
                .build()
                .toByteArray();
    }
}
