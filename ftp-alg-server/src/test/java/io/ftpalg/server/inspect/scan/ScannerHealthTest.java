package io.ftpalg.server.inspect.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.server.LogCapture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: others log by the same class. */
@Isolated
class ScannerHealthTest {
    private final ScannerHealth health = new ScannerHealth("clamav");

    @Test
    void logsEachChangeOnce() {
        List<String> lines;
        try (LogCapture log = new LogCapture(ScannerHealth.class)) {
            health.reachable();
            health.reachable();
            health.unreachable("closed");
            health.unreachable("closed");
            health.reachable();
            lines = log.lines();
        }

        assertThat(lines)
                .containsExactly(
                        "INFO scanner reachable scanner=clamav",
                        "WARN scanner unreachable scanner=clamav detail=\"closed\"",
                        "INFO scanner reachable scanner=clamav");
    }

    @Test
    void warnsOfFilesThatWereNotScannedWhileItIsReachable() {
        List<String> lines;
        try (LogCapture log = new LogCapture(ScannerHealth.class)) {
            health.failed(InspectionVerdict.PASS, "too large");
            health.unreachable("closed");
            health.failed(InspectionVerdict.reject("x"), "closed");
            lines = log.lines().stream()
                    .filter(line -> line.startsWith("WARN virus"))
                    .toList();
        }

        assertThat(lines).containsExactly("WARN virus scan failed passed=true detail=\"too large\"");
    }

    @Test
    void isUpUnlessItIsKnownToBeUnreachable() {
        boolean before = health.up();
        health.unreachable("closed");
        boolean down = health.up();
        health.reachable();

        assertThat(List.of(before, down, health.up())).containsExactly(true, false, true);
    }
}
