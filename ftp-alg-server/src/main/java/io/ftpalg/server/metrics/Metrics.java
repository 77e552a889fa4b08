package io.ftpalg.server.metrics;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.server.admin.AdminMethod;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.admin.AdminRoutes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of the program: counts by {@link #listener}, gauges by {@link GatewayFacts}, and {@code /metrics}, the text of Prometheus
 * or OpenMetrics. Nothing is made before it is asked for, so that a gateway that shows no metrics does not pay for them. Owned by the
 * main thread; what is slow runs on a thread of its own.
 */
public final class Metrics implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Metrics.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final long PERIOD_MILLIS = 1000;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("metrics", true));
    private @Nullable Counts counts;
    /** On the thread only. */
    private boolean measures;

    /** What counts events. */
    private record Counts(PrometheusMeterRegistry registry, Meters meters) {
        static Counts make() {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            return new Counts(registry, new Meters(registry));
        }
    }

    /** Returns what gateways are to notify. */
    public AlgListener listener() {
        return counts().meters().listener();
    }

    private synchronized Counts counts() {
        if (counts == null) {
            counts = Counts.make();
        }
        return counts;
    }

    /** Adds {@code /metrics} of these gateways. */
    public void addTo(AdminRoutes.Builder routes, GatewayFacts facts) {
        routes.add(AdminMethod.GET, "/metrics", request -> scrape(facts, request));
    }

    private CompletionStage<AdminResponse> scrape(GatewayFacts facts, AdminRequest request) {
        boolean open = request.header("accept")
                .filter(types -> types.contains("application/openmetrics-text"))
                .isPresent();
        String type = open ? OPEN_METRICS : PROMETHEUS;
        return CompletableFuture.supplyAsync(() -> AdminResponse.of(200, type, text(facts, type)), thread);
    }

    /** Reads files, for the certificates. */
    private String text(GatewayFacts facts, String type) {
        Meters meters = counts().meters();
        meters.update(facts);
        if (!measures) {
            measures = true;
            var unused = thread.scheduleWithFixedDelay(
                    guarded(meters::measure), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return counts().registry().scrape(type);
    }

    /** Whatever happens in one look, there is a next one: a task that throws would be the last one of its thread. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                logger.error("event loops not measured", e);
            }
        };
    }

    @Override
    public synchronized void close() {
        thread.shutdownNow();
        if (counts != null) {
            counts.registry().close();
        }
    }
}
