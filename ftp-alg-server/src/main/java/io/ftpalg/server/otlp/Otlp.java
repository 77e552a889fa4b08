package io.ftpalg.server.otlp;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.files.BuildVersion;
import io.ftpalg.server.metrics.GatewayFacts;
import io.ftpalg.server.settings.OtlpSettings;
import io.ftpalg.server.tls.CaSockets;
import io.ftpalg.server.tls.TlsConfigException;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The export of metrics and traces of the program. Owned by the main thread; exports on threads of its own, which no session and no
 * shutdown waits for, but for a few seconds at the end.
 */
public final class Otlp implements AutoCloseable {
    private static final Duration FLUSH = Duration.ofSeconds(3);

    private final Collector collector;
    private final Optional<MetricsExport> metrics;
    private final Optional<SpanExport> spans;
    private final double traceRatio;

    /** Makes an export that is not started yet: events are counted, and spans wait. Reads the CA bundle. */
    public Otlp(OtlpSettings settings) throws TlsConfigException {
        this.collector = new Collector(settings.endpoint(), tls(settings), settings.headers());
        Map<String, String> resource = resource(settings);
        this.metrics = settings.metrics()
                ? Optional.of(new MetricsExport(collector, resource, settings.interval()))
                : Optional.empty();
        this.spans = settings.traces()
                ? Optional.of(new SpanExport(collector, message(resource), BuildVersion.version()))
                : Optional.empty();
        this.traceRatio = settings.traceRatio();
    }

    /** Fails as the constructor would, and makes nothing. */
    public static void check(OtlpSettings settings) throws TlsConfigException {
        var unused = tls(settings);
    }

    private static Optional<SSLContext> tls(OtlpSettings settings) throws TlsConfigException {
        return settings.ca().isPresent() ? Optional.of(CaSockets.context(settings.ca())) : Optional.empty();
    }

    private static Map<String, String> resource(OtlpSettings settings) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("service.version", BuildVersion.version());
        // While one process replaces another, both export.
        attributes.put("service.instance.id", UUID.randomUUID().toString());
        attributes.putAll(settings.resourceAttributes());
        attributes.put("service.name", settings.serviceName());
        return attributes;
    }

    private static Resource message(Map<String, String> attributes) {
        Resource.Builder resource = Resource.newBuilder();
        attributes.forEach((name, value) -> resource.addAttributes(Spans.attribute(name, value)));
        return resource.build();
    }

    /** Returns what one gateway is to notify: sessions are known by their numbers, which are a gateway's own. */
    public List<AlgListener> listeners() {
        List<AlgListener> all = new ArrayList<>();
        metrics.ifPresent(on -> all.add(on.listener()));
        spans.ifPresent(on -> all.add(new SessionSpans(on.queue(), traceRatio)));
        return all;
    }

    /**
     * Begins to export.
     *
     * @param facts what is asked of the gateways
     * @param headers the headers of each request, which may change
     */
    public void start(GatewayFacts facts, Supplier<Map<String, Secret>> headers) {
        collector.headersFrom(headers);
        metrics.ifPresent(on -> on.start(facts));
        spans.ifPresent(SpanExport::start);
    }

    /** Returns how many spans were not exported. Any thread. */
    public long spansDropped() {
        return spans.map(on -> on.queue().dropped()).orElse(0L);
    }

    /** Exports what there is, if the collector takes it within a few seconds. */
    @Override
    public void close() {
        long end = System.nanoTime() + FLUSH.toNanos();
        Thread last = new Thread(() -> metrics.ifPresent(MetricsExport::close), "otlp-end");
        last.setDaemon(true);
        last.start();
        try {
            if (spans.isPresent()) {
                spans.get().close(FLUSH);
            }
            last.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
