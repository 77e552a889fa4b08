package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.server.metrics.MetricsFixture;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsExportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 1);

    private final TestCollector server;
    private final MetricsFixture gateway;

    MetricsExportTest() throws Exception {
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

    private MetricsExport export(Duration interval) {
        return new MetricsExport(
                new Collector(server.endpoint(), Optional.empty(), Map.of(), PATIENCE),
                Map.of("service.name", "gateway"),
                interval);
    }

    private List<Metric> last() {
        return server.received
                .get(server.received.size() - 1)
                .metrics()
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (!server.received.isEmpty()) {
            last().forEach(one -> names.add(prometheus(one)));
        }
        return names;
    }

    private Metric last(String name) {
        return last().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the name that a collector gives it for Prometheus, by the rules of OpenTelemetry. */
    private static String prometheus(Metric metric) {
        String name = metric.getName().replace('.', '_');
        String unit = metric.getUnit();
        String withUnit = unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
        return metric.hasSum() && metric.getSum().getIsMonotonic() ? withUnit + "_total" : withUnit;
    }

    @Test
    void hasTheMetricsThatPrometheusGets() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (String line : gateway.scrape().split("\n", -1)) {
            if (line.startsWith("# TYPE ")) {
                // The unit is at the end of all names that OpenTelemetry makes.
                expected.add(line.split(" ", -1)[2].replace("_seconds_max", "_max_seconds"));
            }
        }
        try (MetricsExport export = export(Duration.ofSeconds(1))) {
            export.start(gateway);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(names()).isEqualTo(expected));
        }
    }

    @Test
    void countsFromTheStartOfTheProcess() {
        MetricsExport export = export(Duration.ofMinutes(10));
        export.listener().sessionOpened(new AlgListener.SessionOpened(1, ADDRESS, ADDRESS));
        export.listener().sessionRefused(new AlgListener.SessionRefused(ADDRESS, CloseCause.LOOP));

        export.close();

        Metric opened = last("ftp.alg.sessions.opened");
        assertThat(opened.getSum().getDataPoints(0).getAsDouble()).isEqualTo(1.0);
        assertThat(opened.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    }

    @Test
    void aHistogramHasTheBucketsOfPrometheus() {
        MetricsExport export = export(Duration.ofMinutes(10));
        export.listener().serverConnected(new AlgListener.ServerConnected(1, ADDRESS, Duration.ofMillis(15)));

        export.close();

        Metric connect = last("ftp.alg.upstream.connect");
        assertThat(connect.getUnit()).isEqualTo("seconds");
        assertThat(connect.getHistogram().getDataPoints(0).getExplicitBoundsList())
                .containsExactly(0.001, 0.005, 0.02, 0.1, 0.25, 1.0, 5.0, 30.0);
        assertThat(connect.getHistogram().getDataPoints(0).getBucketCountsList())
                .containsExactly(0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void hasTheResource() {
        export(Duration.ofMinutes(10)).close();

        assertThat(server.received
                        .get(0)
                        .metrics()
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList())
                .contains(Spans.attribute("service.name", "gateway"));
    }

    @Test
    void doesNotSendBeforeTheTimeThatTheCollectorAsksFor() throws Exception {
        server.respondNext(503, "60");
        MetricsExport export = export(Duration.ofSeconds(1));
        export.start(gateway);
        await().atMost(PATIENCE).until(() -> server.received.size() == 1);

        export.close();

        assertThat(server.received).hasSize(1);
    }
}
