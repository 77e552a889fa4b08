package io.ftpalg.server.inspect.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionVerdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TimedScanTest {
    private final CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
    private final List<String> reported = new ArrayList<>();
    private Duration waited = Duration.ZERO;
    private boolean cancelled;

    private final TimedScan scan = new TimedScan(
            "clamav",
            new Scan() {
                @Override
                public Result result() {
                    return Result.REJECTED;
                }

                @Override
                public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
                    return verdict;
                }

                @Override
                public CompletionStage<InspectionVerdict> end(long bytes) {
                    return verdict;
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }

                @Override
                public Map<String, String> findings() {
                    return Map.of("a", "b");
                }
            },
            (scanner, result, time) -> {
                reported.add(scanner + ' ' + result);
                waited = time;
            });

    @Test
    void reportsOnceHowLongTheTransferWaited() {
        long begun = System.nanoTime();
        CompletableFuture<InspectionVerdict> piece =
                scan.inspect(ByteBuffer.allocate(1)).toCompletableFuture();
        verdict.complete(InspectionVerdict.PASS);
        scan.end(1);

        assertThat(piece).isCompletedWithValue(InspectionVerdict.PASS);
        assertThat(scan.findings()).isEqualTo(Map.of("a", "b"));
        scan.findings();
        assertThat(reported).containsExactly("clamav REJECTED");
        assertThat(waited).isBetween(Duration.ofNanos(1), Duration.ofNanos(System.nanoTime() - begun));
    }

    @Test
    void reportsNothingOfAFileThatItDidNotSee() {
        scan.end(0);
        scan.findings();

        assertThat(reported).isEmpty();
    }

    @Test
    void cancelsTheScan() {
        scan.cancel();

        assertThat(cancelled).isTrue();
    }
}
