package io.ftpalg.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * How long a task waits for each event loop: what a session waits for the others of its loop. Each loop is asked again once it has
 * replied; {@link #look} by one thread, the gauges on any.
 */
final class LoopLag {
    private final List<Probe> probes = new ArrayList<>();

    /** Makes a gauge for each loop. */
    LoopLag(Iterable<EventExecutor> loops, MeterRegistry registry, LongSupplier nanoTime) {
        for (EventExecutor loop : loops) {
            Probe probe = new Probe(loop, nanoTime);
            Gauge.builder("ftp.alg.event.loop.lag", probe, Probe::seconds)
                    .description("time that a task waits for an event loop")
                    .baseUnit("seconds")
                    .tag("loop", Integer.toString(probes.size()))
                    .register(registry);
            probes.add(probe);
        }
    }

    /** Asks each loop that has replied. */
    void look() {
        probes.forEach(Probe::ask);
    }

    /** A task of one loop. The loop writes when it ran, the asking thread the rest. */
    private static final class Probe implements Runnable {
        private final EventExecutor loop;
        private final LongSupplier nanoTime;
        private volatile boolean waiting;
        private volatile long asked;
        private volatile long lag;

        Probe(EventExecutor loop, LongSupplier nanoTime) {
            this.loop = loop;
            this.nanoTime = nanoTime;
        }

        void ask() {
            if (waiting) {
                return;
            }
            asked = nanoTime.getAsLong();
            waiting = true;
            try {
                loop.execute(this);
            } catch (RejectedExecutionException e) {
                // It has ended with the program.
                waiting = false;
            }
        }

        @Override
        public void run() {
            lag = nanoTime.getAsLong() - asked;
            waiting = false;
        }

        double seconds() {
            long since = nanoTime.getAsLong() - asked;
            return (waiting ? Math.max(lag, since) : lag) / 1e9;
        }
    }
}
