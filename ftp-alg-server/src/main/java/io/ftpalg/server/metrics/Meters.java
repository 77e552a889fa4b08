package io.ftpalg.server.metrics;

import io.ftpalg.policy.AlgListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the program, in one registry. Counters are there from the start, gauges from the first {@link #update} on. The listener is
 * for all event loops; the rest is used by one thread.
 */
public final class Meters {
    private final MeterRegistry registry;
    private final SessionMetrics sessions;
    private @Nullable Gauges gauges;

    /** Makes the counters; only for a registry that is empty. */
    public Meters(MeterRegistry registry) {
        // Names that promtool has objections to.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        this.registry = registry;
        this.sessions = new SessionMetrics(registry);
    }

    /** Returns what gateways are to notify. */
    public AlgListener listener() {
        return sessions;
    }

    /** Brings up to date what has changing labels. Reads files, for the certificates. */
    public void update(GatewayFacts facts) {
        Gauges all = gauges;
        if (all == null) {
            all = new Gauges(registry, facts);
            gauges = all;
        }
        all.update();
    }

    /** Measures the event loops, if there are gauges for that. */
    public void measure() {
        Gauges all = gauges;
        if (all != null) {
            all.measure();
        }
    }
}
