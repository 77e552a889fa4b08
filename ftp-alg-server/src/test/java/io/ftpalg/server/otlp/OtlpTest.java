package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.metrics.MetricsFixture;
import io.ftpalg.server.settings.OtlpSettings;
import io.ftpalg.server.tls.TlsConfigException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OtlpTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 1);

    @TempDir
    private Path temp = Path.of(".");

    private final TestCollector server;
    private final MetricsFixture gateway;

    OtlpTest() throws Exception {
        server = new TestCollector();
        gateway = new MetricsFixture();
    }

    @BeforeEach
    void begin() {
        assertThat(server.received).isEmpty();
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    private OtlpSettings settings(URI endpoint, boolean metrics, boolean traces) {
        return new OtlpSettings(
                endpoint,
                metrics,
                traces,
                Duration.ofMinutes(10),
                Map.of("Authorization", Secret.of("Bearer a")),
                Optional.empty(),
                "gateway",
                Map.of("host.name", "a"),
                1);
    }

    private static void session(Otlp otlp) {
        for (AlgListener listener : otlp.listeners()) {
            listener.sessionOpened(new AlgListener.SessionOpened(1, ADDRESS, ADDRESS));
            listener.sessionClosed(new AlgListener.SessionClosed(
                    1, ADDRESS, Optional.empty(), Optional.empty(), CloseCause.QUIT, "", 0, 0, 0, 0, Duration.ZERO));
        }
    }

    @Test
    void exportsBothSignals() throws Exception {
        Otlp otlp = new Otlp(settings(server.endpoint(), true, true));
        otlp.start(gateway, () -> Map.of("Authorization", Secret.of("Bearer b")));
        session(otlp);

        otlp.close();

        assertThat(server.received)
                .extracting(TestCollector.Received::path)
                .containsExactlyInAnyOrder("/v1/metrics", "/v1/traces");
        assertThat(server.received)
                .extracting(TestCollector.Received::authorization)
                .containsOnly("Bearer b");
    }

    @Test
    void exportsNoTracesWhereTheyAreOff() throws Exception {
        Otlp otlp = new Otlp(settings(server.endpoint(), true, false));
        otlp.start(gateway, Map::of);
        session(otlp);

        otlp.close();

        assertThat(server.received).extracting(TestCollector.Received::path).containsExactly("/v1/metrics");
        assertThat(otlp.spansDropped()).isZero();
    }

    @Test
    void exportsNoMetricsWhereTheyAreOff() throws Exception {
        Otlp otlp = new Otlp(settings(server.endpoint(), false, true));
        otlp.start(gateway, Map::of);
        session(otlp);

        otlp.close();

        assertThat(server.received).extracting(TestCollector.Received::path).containsExactly("/v1/traces");
    }

    @Test
    void hasTheResource() throws Exception {
        Otlp otlp = new Otlp(settings(server.endpoint(), false, true));
        otlp.start(gateway, Map::of);
        session(otlp);
        otlp.close();

        assertThat(ExportTraceServiceRequest.parseFrom(server.received.get(0).body())
                        .getResourceSpans(0)
                        .getResource()
                        .getAttributesList())
                .contains(Spans.attribute("service.name", "gateway"), Spans.attribute("host.name", "a"))
                .extracting(one -> one.getKey())
                .containsExactlyInAnyOrder("service.name", "service.version", "service.instance.id", "host.name");
    }

    @Test
    void sessionsOfTwoGatewaysDoNotMeet() throws Exception {
        Otlp otlp = new Otlp(settings(server.endpoint(), false, true));
        otlp.start(gateway, Map::of);
        AlgListener first = otlp.listeners().get(0);
        AlgListener second = otlp.listeners().get(0);

        first.sessionOpened(new AlgListener.SessionOpened(1, ADDRESS, ADDRESS));
        second.sessionClosed(new AlgListener.SessionClosed(
                1, ADDRESS, Optional.empty(), Optional.empty(), CloseCause.QUIT, "", 0, 0, 0, 0, Duration.ZERO));
        otlp.close();

        assertThat(server.received).isEmpty();
    }

    @Test
    void aCollectorThatHangsDelaysTheEndByAFewSecondsOnly() throws Exception {
        server.hang();
        Otlp otlp = new Otlp(settings(server.endpoint(), true, true));
        otlp.start(gateway, Map::of);
        session(otlp);

        long begun = System.nanoTime();
        otlp.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path ca = Files.writeString(temp.resolve("ca.pem"), "none");
        OtlpSettings settings = new OtlpSettings(
                URI.create("https://a"),
                true,
                true,
                Duration.ofMinutes(1),
                Map.of(),
                Optional.of(ca),
                "a",
                Map.of(),
                1);

        assertThatThrownBy(() -> Otlp.check(settings)).isInstanceOf(TlsConfigException.class);
    }

    @Test
    void settingsShowNoSecret() {
        assertThat(settings(server.endpoint(), true, true).toString()).doesNotContain("Bearer");
    }
}
