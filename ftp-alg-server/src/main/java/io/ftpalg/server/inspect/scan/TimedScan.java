package io.ftpalg.server.inspect.scan;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A scan that reports what came of it, and how long its transfer waited for it. Called on the transfer's event loop. */
public final class TimedScan implements Inspection {
    private final String scanner;
    private final Scan scan;
    private final ScanListener listener;
    private final AtomicLong waited = new AtomicLong();
    private boolean begun;

    public TimedScan(String scanner, Scan scan, ScanListener listener) {
        this.scanner = scanner;
        this.scan = scan;
        this.listener = listener;
    }

    @Override
    public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        begun = true;
        return timed(scan.inspect(piece));
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        return timed(scan.end(bytes));
    }

    /** Returns a stage that completes when the time is added. */
    private CompletionStage<InspectionVerdict> timed(CompletionStage<InspectionVerdict> verdict) {
        long asked = System.nanoTime();
        return verdict.whenComplete((given, failure) -> waited.addAndGet(System.nanoTime() - asked));
    }

    @Override
    public void cancel() {
        scan.cancel();
    }

    @Override
    public Map<String, String> findings() {
        if (begun) {
            begun = false;
            listener.scanned(scanner, scan.result(), Duration.ofNanos(waited.get()));
        }
        return scan.findings();
    }
}
