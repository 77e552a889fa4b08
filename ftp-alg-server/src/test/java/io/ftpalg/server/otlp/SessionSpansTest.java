package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpVerb;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Spans of sessions and transfers: SessionSpans and Spans. */
class SessionSpansTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 50000);
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.0.1", 2121);
    private static final InetSocketAddress SERVER = new InetSocketAddress("::1", 21);
    private static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000L, 5);
    private static final long BEGIN_NANOS = 1_700_000_000_000_000_005L;

    private final SpanQueue queue = new SpanQueue(() -> {});
    private final AtomicLong nanoTime = new AtomicLong(-100);
    private final SessionSpans spans = new SessionSpans(queue, 1, () -> BEGIN, nanoTime::get);

    private void open() {
        spans.sessionOpened(new AlgListener.SessionOpened(7, CLIENT, LISTENER));
    }

    private void close(CloseCause cause, String detail) {
        spans.sessionClosed(new AlgListener.SessionClosed(
                7, CLIENT, Optional.of(SERVER), Optional.of("joe"), cause, detail, 9, 1, 10, 0, Duration.ofSeconds(4)));
    }

    private void transfer(String path, TransferEnd end, int sent) {
        AlgListener.Leg leg =
                new AlgListener.Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.empty());
        spans.transferFinished(new AlgListener.TransferFinished(
                7,
                CLIENT,
                SERVER,
                Optional.of("joe"),
                FtpVerb.RETR,
                path,
                leg,
                leg,
                10,
                0,
                Duration.ofSeconds(2),
                end,
                Optional.of(DataPath.SPLICE),
                Optional.of(226),
                Optional.of(sent)));
    }

    private static Map<String, Object> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, one -> value(one.getValue())));
    }

    private static Object value(AnyValue value) {
        return value.hasIntValue() ? value.getIntValue() : value.getStringValue();
    }

    @Test
    void aSessionIsARootSpan() {
        open();
        nanoTime.addAndGet(4_000_000_000L);
        close(CloseCause.QUIT, "");

        Span span = queue.next().get(0);
        assertThat(span.getName()).isEqualTo("ftp session");
        assertThat(span.getTraceId().size()).isEqualTo(16);
        assertThat(span.getSpanId().size()).isEqualTo(8);
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(span.getStartTimeUnixNano()).isEqualTo(BEGIN_NANOS);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(BEGIN_NANOS + 4_000_000_000L);
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.hasStatus()).isFalse();
    }

    @Test
    void aSessionHasItsAttributes() {
        open();
        close(CloseCause.QUIT, "");

        assertThat(attributes(queue.next().get(0)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("network.protocol.name", "ftp"),
                        Map.entry("network.transport", "tcp"),
                        Map.entry("network.type", "ipv4"),
                        Map.entry("client.address", "192.0.2.1"),
                        Map.entry("client.port", 50000L),
                        Map.entry("network.local.address", "127.0.0.1"),
                        Map.entry("network.local.port", 2121L),
                        Map.entry("server.address", "::1"),
                        Map.entry("server.port", 21L),
                        Map.entry("ftp.user", "joe"),
                        Map.entry("ftp.session", 7L),
                        Map.entry("ftp.commands", 9L),
                        Map.entry("ftp.transfers", 1L),
                        Map.entry("ftp.bytes.to_client", 10L),
                        Map.entry("ftp.bytes.to_server", 0L),
                        Map.entry("ftp.close.cause", "quit")));
    }

    @Test
    void aTransferIsBelowItsSession() {
        open();
        nanoTime.addAndGet(3_000_000_000L);
        transfer("a\r\nb", TransferEnd.COMPLETE, 226);
        close(CloseCause.QUIT, "");

        List<Span> both = queue.next();
        Span transfer = both.get(0);
        Span session = both.get(1);
        assertThat(transfer.getName()).isEqualTo("ftp transfer");
        assertThat(transfer.getTraceId()).isEqualTo(session.getTraceId());
        assertThat(transfer.getParentSpanId()).isEqualTo(session.getSpanId());
        assertThat(transfer.getSpanId()).isNotEqualTo(session.getSpanId());
        assertThat(transfer.getStartTimeUnixNano()).isEqualTo(BEGIN_NANOS + 1_000_000_000L);
        assertThat(transfer.getEndTimeUnixNano()).isEqualTo(BEGIN_NANOS + 3_000_000_000L);
        assertThat(attributes(transfer))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("ftp.verb", "RETR"),
                        Map.entry("file.path", "a\\r\\nb"),
                        Map.entry("ftp.user", "joe"),
                        Map.entry("client.address", "192.0.2.1"),
                        Map.entry("client.port", 50000L),
                        Map.entry("server.address", "::1"),
                        Map.entry("server.port", 21L),
                        Map.entry("ftp.bytes.to_client", 10L),
                        Map.entry("ftp.bytes.to_server", 0L),
                        Map.entry("ftp.data.path", "splice"),
                        Map.entry("ftp.server.reply.code", 226L),
                        Map.entry("ftp.reply.code", 226L),
                        Map.entry("ftp.transfer.end", "complete")));
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseCause.class,
            names = {"QUIT", "CLIENT_LOST", "IDLE", "ENDED_BY_OPERATOR", "SHUTDOWN"})
    void anEndThatIsNoErrorHasNone(CloseCause cause) {
        open();
        close(cause, "");

        assertThat(attributes(queue.next().get(0))).doesNotContainKey("error.type");
    }

    @Test
    void anErrorHasItsTypeAndDetail() {
        open();
        close(CloseCause.SERVER_UNREACHABLE, "refused\n");

        Span span = queue.next().get(0);
        assertThat(attributes(span)).containsEntry("error.type", "server_unreachable");
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.getStatus().getMessage()).isEqualTo("refused\\n");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, 226, ''",
        "UNOBSERVED, 226, ''",
        "UNOBSERVED, 426, unobserved",
        "SERVER_RESET, 426, server_reset",
        "REFUSED, 550, refused"
    })
    void aTransferThatFailedIsAnError(TransferEnd end, int sent, String type) {
        open();
        transfer("file", end, sent);

        assertThat(attributes(queue.next().get(0)).getOrDefault("error.type", ""))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"511, 511", "512, 512", "513, 512"})
    void aLongTextIsCut(int length, int shown) {
        open();
        transfer("a".repeat(length), TransferEnd.COMPLETE, 226);

        assertThat(attributes(queue.next().get(0))).containsEntry("file.path", "a".repeat(shown));
    }

    @Test
    void theLogGetsTheTraceOfALiveSession() {
        open();
        Optional<String> trace = spans.of(7);
        close(CloseCause.QUIT, "");

        assertThat(trace)
                .hasValue(HexFormat.of()
                        .formatHex(queue.next().get(0).getTraceId().toByteArray()));
        assertThat(spans.of(7)).isEmpty();
    }

    @Test
    void eachSessionHasATraceOfItsOwn() {
        open();
        close(CloseCause.QUIT, "");
        open();
        close(CloseCause.QUIT, "");

        List<Span> both = queue.next();
        assertThat(both.get(0).getTraceId()).isNotEqualTo(both.get(1).getTraceId());
    }

    @Test
    void withoutAShareThereAreNone() {
        SessionSpans none = new SessionSpans(queue, 0);
        none.sessionOpened(new AlgListener.SessionOpened(7, CLIENT, LISTENER));

        assertThat(none.of(7)).isEmpty();
    }

    @Test
    void withAShareThereAreSome() {
        SessionSpans some = new SessionSpans(queue, 0.5);
        int traced = 0;
        for (long i = 0; i < 1000; i++) {
            some.sessionOpened(new AlgListener.SessionOpened(i, CLIENT, LISTENER));
            traced += some.of(i).isPresent() ? 1 : 0;
        }

        assertThat(traced).isBetween(300, 700);
    }

    @Test
    void aSessionThatIsNotTracedHasNoSpans() {
        transfer("file", TransferEnd.COMPLETE, 226);
        close(CloseCause.QUIT, "");

        assertThat(queue.next()).isEmpty();
    }
}
