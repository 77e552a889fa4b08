package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Verdicts, awaited, as texts: pass, or the reason of a rejection. */
public final class Verdicts {
    private Verdicts() {}

    public static String piece(Inspection inspection, String text) {
        return piece(inspection, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static String piece(Inspection inspection, byte[] bytes) {
        return text(inspection.inspect(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
    }

    public static String end(Inspection inspection, long bytes) {
        return text(inspection.end(bytes));
    }

    public static String text(CompletionStage<InspectionVerdict> stage) {
        try {
            InspectionVerdict verdict = stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
            return verdict instanceof Reject reject ? reject.reason() : "pass";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
