package io.ftpalg.server.metrics;

import io.ftpalg.policy.AlgListener.InspectionEnded;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.inspect.scan.Scan;
import io.ftpalg.server.metrics.CounterTable.Label;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts files that were inspected, and how long they waited for scanners. The names of those are the operator's. On all event loops. */
final class ScanMetrics {
    private static final int PASSED = 0;
    private static final int REJECTED = 1;
    private static final int UNFINISHED = 2;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    private final MeterRegistry registry;
    private final CounterTable files;

    ScanMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.files = new CounterTable(
                registry,
                "ftp.alg.inspections",
                "",
                "files that were inspected",
                new Label("direction", List.of("download", "upload")),
                new Label("verdict", List.of("passed", "rejected", "unfinished")));
    }

    void inspected(InspectionEnded event) {
        int verdict = event.end() == TransferEnd.REJECTED
                ? REJECTED
                : event.end() == TransferEnd.COMPLETE ? PASSED : UNFINISHED;
        files.increment(event.sender() == Side.CLIENT ? 1 : 0, verdict);
    }

    /** All verdicts of a scanner are there with its first one. */
    void scanned(String scanner, Scan.Result result, Duration waited) {
        for (Scan.Result each : Scan.Result.values()) {
            Timer timer = timer(scanner, each);
            if (each == result) {
                timer.record(waited);
            }
        }
    }

    private Timer timer(String scanner, Scan.Result result) {
        return Timer.builder("ftp.alg.inspection")
                .description("time that a transfer waited for a scanner, for all of its file")
                .tag("scanner", scanner)
                .tag("verdict", result.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
