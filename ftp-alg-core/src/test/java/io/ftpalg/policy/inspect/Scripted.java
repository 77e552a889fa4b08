package io.ftpalg.policy.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** An inspection whose verdicts a test has chosen, and what it received. */
public final class Scripted implements Inspection {
    public final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    public final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    public InspectionTerms terms = new InspectionTerms(64 << 10, 1 << 20, Duration.ofSeconds(20));
    public Optional<SpillFile> spill = Optional.empty();
    public Function<ByteBuffer, CompletionStage<InspectionVerdict>> onPiece = piece -> pass();
    public Supplier<CompletionStage<InspectionVerdict>> onEnd = Scripted::pass;

    public static CompletionStage<InspectionVerdict> pass() {
        return CompletableFuture.completedFuture(InspectionVerdict.PASS);
    }

    public static CompletionStage<InspectionVerdict> is(InspectionVerdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    @Override
    public InspectionTerms terms() {
        return terms;
    }

    @Override
    public Optional<SpillFile> spill() {
        return spill;
    }

    @Override
    public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        ByteBuffer copy = piece.duplicate();
        byte[] bytes = new byte[copy.remaining()];
        copy.get(bytes);
        seen.writeBytes(bytes);
        return onPiece.apply(piece);
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        return onEnd.get();
    }

    @Override
    public void cancel() {
        cancelled.complete(null);
    }

    @Override
    public Map<String, String> findings() {
        return Map.of("bytes", String.valueOf(seen.size()));
    }
}
