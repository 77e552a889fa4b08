package io.ftpalg.server.metrics;

import io.ftpalg.routing.ServerState;
import io.ftpalg.server.files.BuildVersion;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is asked for, and not counted. Used by one thread, but for the values of gauges, which are read on any. */
final class Gauges {
    private final MeterRegistry registry;
    private final GatewayFacts facts;
    private final LoopLag lag;
    private final CertificateExpiry certificates;
    private final MultiGauge healthy;
    private final MultiGauge sessions;
    private final MultiGauge scanners;

    Gauges(MeterRegistry registry, GatewayFacts facts) {
        this.registry = registry;
        this.facts = facts;
        this.lag = new LoopLag(facts.loops(), registry, System::nanoTime);
        this.certificates = new CertificateExpiry(registry);
        this.healthy = MultiGauge.builder("ftp.alg.upstream.healthy")
                .description("1 if a server gets new sessions, 0 if it is ejected")
                .register(registry);
        this.sessions = MultiGauge.builder("ftp.alg.upstream.sessions")
                .description("sessions at a server, or on their way to it")
                .register(registry);
        this.scanners = MultiGauge.builder("ftp.alg.scanner.up")
                .description("1 if a scanner replies to its health checks")
                .register(registry);
        Gauge.builder("ftp.alg.sessions", facts, GatewayFacts::sessions)
                .description("live sessions")
                .register(registry);
        Gauge.builder("ftp.alg.ready", facts, one -> one.notReady().isEmpty() ? 1 : 0)
                .description("1 if new sessions can be served, as /ready has it")
                .register(registry);
        Gauge.builder("ftp.alg.passive.ports", facts, one -> one.passivePorts().inUse())
                .description("passive ports of listeners that have a range")
                .tag("state", "in_use")
                .register(registry);
        Gauge.builder("ftp.alg.passive.ports", facts, one -> one.passivePorts().free())
                .description("passive ports of listeners that have a range")
                .tag("state", "free")
                .register(registry);
        FunctionCounter.builder("ftp.alg.spans.dropped", facts, GatewayFacts::spansDropped)
                .description("spans of traces that were not exported")
                .register(registry);
        Gauge.builder("ftp.alg.quota.store.up", facts, one -> one.quotas().kept() ? 1 : 0)
                .description("1 if the counts of quotas are kept, 0 if they are in memory only")
                .register(registry);
        Gauge.builder("ftp.alg.quota.counters", facts, one -> one.quotas().counters())
                .description("users and groups of which something is counted, by period and direction")
                .register(registry);
        Gauge.builder("ftp.alg.quota.unsaved", facts, one -> one.quotas().unsaved())
                .description("bytes of quotas that are counted in memory only")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("ftp.alg.direct.memory", PlatformDependent::usedDirectMemory)
                .description("memory of Netty's buffers outside the heap")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("ftp.alg.build.info", () -> 1)
                .description("what runs; the value is 1")
                .tag("version", BuildVersion.version())
                .tag("java", Runtime.version().toString())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        measure();
    }

    /** Measures the event loops. */
    void measure() {
        lag.look();
    }

    /** Brings up to date what has changing labels. Reads files. */
    void update() {
        certificates.update(facts.certificates());
        addCounters(
                "ftp.alg.audit.dropped",
                "audit records that a sink did not get, since its queue was full",
                "sink",
                GatewayFacts::auditDropped);
        addCounters(
                "ftp.alg.copies.failed",
                "copies of files that could not be written",
                "place",
                GatewayFacts::failedCopies);
        Map<Tags, Integer> health = new LinkedHashMap<>();
        Map<Tags, Integer> counts = new LinkedHashMap<>();
        for (ServerState server : facts.servers()) {
            // Several pools may have the same server.
            Tags tags = Tags.of("server", server.server().toString());
            health.merge(tags, server.health() == ServerState.Health.EJECTED ? 0 : 1, Math::min);
            counts.merge(tags, server.sessions(), Integer::sum);
        }
        healthy.register(rows(health), true);
        sessions.register(rows(counts), true);
        Map<Tags, Integer> up = new LinkedHashMap<>();
        facts.scanners().forEach((scanner, replies) -> up.put(Tags.of("scanner", scanner), replies ? 1 : 0));
        scanners.register(rows(up), true);
    }

    /** Of a label that there is already, it is the same counter. */
    private void addCounters(
            String name, String description, String label, Function<GatewayFacts, Map<String, Long>> counts) {
        for (String value : counts.apply(facts).keySet()) {
            FunctionCounter.builder(name, facts, all -> counts.apply(all).getOrDefault(value, 0L))
                    .description(description)
                    .tag(label, value)
                    .register(registry);
        }
    }

    private static List<MultiGauge.Row<?>> rows(Map<Tags, Integer> values) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        values.forEach((tags, value) -> rows.add(MultiGauge.Row.of(tags, value)));
        return rows;
    }
}
