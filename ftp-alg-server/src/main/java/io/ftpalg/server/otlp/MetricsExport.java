package io.ftpalg.server.otlp;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.server.metrics.GatewayFacts;
import io.ftpalg.server.metrics.Meters;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.CompressionMode;
import io.micrometer.registry.otlp.HistogramFlavor;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports the meters once an interval, as sums since the start of the process: what the collector does not take is in the next export. On
 * threads of its own.
 */
final class MetricsExport implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(MetricsExport.class);
    private static final Duration MEASURE = Duration.ofSeconds(1);
    /** How old the state of servers and the certificates may be. */
    private static final Duration UPDATE = Duration.ofSeconds(10);

    private final Collector collector;
    private final OtlpMeterRegistry registry;
    private final Meters meters;
    private final Duration interval;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("otlp-gauges", true));
    /** On the thread of the registry only. */
    private final ExportLog log = new ExportLog("metrics");

    private long notBefore = System.nanoTime();

    MetricsExport(Collector collector, Map<String, String> resource, Duration interval) {
        this.collector = collector;
        this.interval = interval;
        this.registry = OtlpMeterRegistry.builder(config(resource, interval))
                .clock(Clock.SYSTEM)
                .threadFactory(new DefaultThreadFactory("otlp-metrics", true))
                .metricsSender(request -> send(request.getMetricsData()))
                .build();
        this.meters = new Meters(registry);
    }

    AlgListener listener() {
        return meters.listener();
    }

    /** Begins to export the state of these gateways too. */
    void start(GatewayFacts facts) {
        Duration update = interval.compareTo(UPDATE) < 0 ? interval : UPDATE;
        schedule(() -> meters.update(facts), Duration.ZERO, update);
        schedule(meters::measure, MEASURE, MEASURE);
    }

    /** Whatever happens in one turn, there is a next one: a task that throws would be the last one of its thread. */
    private void schedule(Runnable task, Duration first, Duration period) {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        logger.error("gauges not updated", e);
                    }
                },
                first.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void send(byte[] message) throws InterruptedException {
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        Outcome outcome = collector.post("/v1/metrics", message);
        log.on(outcome);
        if (outcome instanceof Outcome.Retryable retryable) {
            notBefore =
                    System.nanoTime() + retryable.after().orElse(Duration.ZERO).toNanos();
        }
    }

    /** Exports a last time, and waits for that. */
    @Override
    public void close() {
        thread.shutdownNow();
        registry.close();
    }

    private static OtlpConfig config(Map<String, String> resource, Duration interval) {
        return new OtlpConfig() {
            @Override
            public @Nullable String get(String key) {
                return null;
            }

            @Override
            public Duration step() {
                return interval;
            }

            @Override
            public Map<String, String> resourceAttributes() {
                return resource;
            }

            @Override
            public Map<String, String> headers() {
                return Map.of();
            }

            @Override
            public AggregationTemporality aggregationTemporality() {
                return AggregationTemporality.CUMULATIVE;
            }

            @Override
            public CompressionMode compressionMode() {
                return CompressionMode.NONE;
            }

            @Override
            public HistogramFlavor histogramFlavor() {
                return HistogramFlavor.EXPLICIT_BUCKET_HISTOGRAM;
            }

            @Override
            public boolean publishMaxGaugeForHistograms() {
                return true;
            }

            @Override
            public TimeUnit baseTimeUnit() {
                return TimeUnit.SECONDS;
            }
        };
    }
}
