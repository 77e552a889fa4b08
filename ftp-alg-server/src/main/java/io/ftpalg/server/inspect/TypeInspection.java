package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.tika.mime.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a file by its type, which its first {@link InspectionTerms#LEAST_HELD_BACK} bytes show: they are held back anyway, so that no
 * byte of a rejected file passes. Owned by its transfer.
 */
final class TypeInspection implements Inspection {
    private final TypeRules rules;
    private final byte[] first = new byte[InspectionTerms.LEAST_HELD_BACK];
    private int length;
    private @Nullable MediaType type;

    TypeInspection(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        int count = Math.min(piece.remaining(), first.length - length);
        piece.get(first, length, count);
        length += count;
        return CompletableFuture.completedFuture(
                length == first.length && type == null ? decide() : InspectionVerdict.PASS);
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        return CompletableFuture.completedFuture(type == null && bytes > 0 ? decide() : InspectionVerdict.PASS);
    }

    private InspectionVerdict decide() {
        MediaType found = rules.of(first, length);
        type = found;
        return rules.refusal(found)
                .<InspectionVerdict>map(InspectionVerdict::reject)
                .orElse(InspectionVerdict.PASS);
    }

    @Override
    public Map<String, String> findings() {
        return type == null ? Map.of() : Map.of("type", type.toString());
    }
}
