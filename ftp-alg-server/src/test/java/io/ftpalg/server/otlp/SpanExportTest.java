package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.server.LogCapture;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpanExportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(2);

    private final LogCapture log = new LogCapture(ExportLog.class);
    private TestCollector server;

    SpanExportTest() throws Exception {
        server = new TestCollector();
    }

    @BeforeEach
    void begin() {
        assertThat(server.received).isEmpty();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    private SpanExport export(Duration delay, Duration timeout) {
        Resource resource = Resource.newBuilder()
                .addAttributes(Spans.attribute("service.name", "gateway"))
                .build();
        return new SpanExport(
                new Collector(server.endpoint(), Optional.empty(), Map.of(), timeout), resource, "1.2", delay, SHORT);
    }

    private static void add(SpanExport export, int count) {
        for (int i = 0; i < count; i++) {
            export.queue().add(Span.newBuilder().setName("span").build());
        }
    }

    @Test
    void exportsAfterAWhile() {
        SpanExport export = export(SHORT, PATIENCE);
        export.start();

        add(export, 1);

        await().atMost(PATIENCE).until(() -> server.spans().size() == 1);
    }

    @Test
    void exportsAFullBatchAtOnce() {
        SpanExport export = export(LONG, PATIENCE);
        export.start();

        add(export, SpanQueue.BATCH);

        await().atMost(PATIENCE).until(() -> server.spans().size() == SpanQueue.BATCH);
    }

    @Test
    void exportsTheRestAtTheEnd() throws Exception {
        SpanExport export = export(LONG, PATIENCE);
        export.start();
        add(export, 3);

        export.close(PATIENCE);

        assertThat(server.spans()).hasSize(3);
    }

    @Test
    void hasTheResourceAndTheScope() throws Exception {
        SpanExport export = export(LONG, PATIENCE);
        export.start();
        add(export, 1);
        export.close(PATIENCE);

        var spans = ExportTraceServiceRequest.parseFrom(server.received.get(0).body())
                .getResourceSpans(0);
        assertThat(spans.getResource().getAttributes(0).getValue().getStringValue())
                .isEqualTo("gateway");
        assertThat(spans.getScopeSpans(0).getScope())
                .isEqualTo(InstrumentationScope.newBuilder()
                        .setName("ftp-alg")
                        .setVersion("1.2")
                        .build());
    }

    @Test
    void sendsTheSameAgainToABusyCollector() {
        server.respondNext(503, "0");
        server.respondNext(429, "");
        SpanExport export = export(SHORT, PATIENCE);
        export.start();

        add(export, 1);

        await().atMost(PATIENCE).until(() -> server.received.size() == 3);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.lines())
                .containsExactly(
                        "WARN export failed signal=traces cause=\"status 503\"", "INFO export resumed signal=traces"));
        assertThat(export.queue().dropped()).isZero();
    }

    @Test
    void dropsABatchAfterSixAttempts() {
        for (int i = 0; i < SpanExport.MOST_ATTEMPTS; i++) {
            server.respondNext(503, "0");
        }
        SpanExport export = export(SHORT, PATIENCE);
        export.start();

        add(export, 2);

        await().atMost(PATIENCE).until(() -> export.queue().dropped() == 2);
        assertThat(server.received).hasSize(SpanExport.MOST_ATTEMPTS);
    }

    @Test
    void dropsARefusedBatchAtOnce() {
        server.respondNext(400, "");
        SpanExport export = export(SHORT, PATIENCE);
        export.start();

        add(export, 2);

        await().atMost(PATIENCE).until(() -> export.queue().dropped() == 2);
        assertThat(server.received).hasSize(1);
    }

    @Test
    void aCollectorThatHangsDelaysNeitherSessionsNorTheEnd() throws Exception {
        server.hang();
        SpanExport export = export(SHORT, LONG);
        export.start();

        add(export, SpanQueue.BATCH + SpanQueue.CAPACITY + 10);
        export.close(Duration.ofMillis(100));

        // What is in the request, or waits, is not dropped yet.
        assertThat(export.queue().dropped()).isBetween(10L, 10L + SpanQueue.BATCH);
    }

    @Test
    void atTheEndThereIsOneAttempt() throws Exception {
        server.respondNext(503, "60");
        SpanExport export = export(LONG, PATIENCE);
        export.start();
        add(export, 1);

        export.close(PATIENCE);

        assertThat(export.queue().dropped()).isEqualTo(1);
    }
}
