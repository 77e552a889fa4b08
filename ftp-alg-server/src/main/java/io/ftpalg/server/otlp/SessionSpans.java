package io.ftpalg.server.otlp;

import com.google.protobuf.ByteString;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.server.log.TraceIds;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes a trace of each session of one gateway, or of a share of them: its span, and one for each transfer below it. Ids are those of W3C
 * Trace Context. On the event loops of the sessions; never blocks.
 */
final class SessionSpans implements AlgListener, TraceIds {
    private final SpanQueue queue;
    private final double ratio;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Long, Begun> begun = new ConcurrentHashMap<>();

    /**
     * A session that is live.
     *
     * @param trace the id of its trace
     * @param span the id of its span
     * @param epochNanos when it began, as a time of Unix
     * @param nanoTime the same by the clock that measures
     * @param listener where the client connected
     */
    private record Begun(
            ByteString trace, ByteString span, long epochNanos, long nanoTime, InetSocketAddress listener) {}

    SessionSpans(SpanQueue queue, double ratio) {
        this(queue, ratio, InstantSource.system(), System::nanoTime);
    }

    SessionSpans(SpanQueue queue, double ratio, InstantSource clock, LongSupplier nanoTime) {
        this.queue = queue;
        this.ratio = ratio;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<String> of(long session) {
        return Optional.ofNullable(begun.get(session))
                .map(one -> HexFormat.of().formatHex(one.trace().toByteArray()));
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextDouble() >= ratio) {
            return;
        }
        Instant now = clock.instant();
        long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        begun.put(event.session(), new Begun(id(16), id(8), epochNanos, nanoTime.getAsLong(), event.listener()));
    }

    @Override
    public void transferFinished(TransferFinished event) {
        Begun session = begun.get(event.session());
        if (session != null) {
            long end = session.epochNanos() + nanoTime.getAsLong() - session.nanoTime();
            queue.add(Spans.transfer(event)
                    .setTraceId(session.trace())
                    .setParentSpanId(session.span())
                    .setSpanId(id(8))
                    .setStartTimeUnixNano(Math.max(
                            session.epochNanos(), end - event.duration().toNanos()))
                    .setEndTimeUnixNano(end)
                    .build());
        }
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        Begun session = begun.remove(event.session());
        if (session != null) {
            Span.Builder span = Spans.session(event, session.listener())
                    .setTraceId(session.trace())
                    .setSpanId(session.span())
                    .setStartTimeUnixNano(session.epochNanos())
                    .setEndTimeUnixNano(session.epochNanos() + nanoTime.getAsLong() - session.nanoTime());
            queue.add(span.build());
        }
    }

    /** Returns a random id, which must not be all zeros. */
    private static ByteString id(int bytes) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        ByteBuffer id = ByteBuffer.allocate(bytes);
        while (id.hasRemaining()) {
            id.putLong(random.nextLong(1, Long.MAX_VALUE) ^ (random.nextBoolean() ? Long.MIN_VALUE : 0));
        }
        return ByteString.copyFrom(id.flip());
    }
}
