package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** SHA-256 and CRC32C of a file, which a {@link BlockList} may have. Owned by its transfer. */
final class HashInspection implements Inspection {
    private final Optional<BlockList> blockList;
    private final MessageDigest digest = sha256();
    private final CRC32C crc = new CRC32C();
    private @Nullable String sha256;

    HashInspection(Optional<BlockList> blockList) {
        this.blockList = blockList;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
        crc.update(piece.duplicate());
        digest.update(piece);
        return CompletableFuture.completedFuture(InspectionVerdict.PASS);
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        String hash = HexFormat.of().formatHex(digest.digest());
        sha256 = hash;
        boolean blocked = blockList.isPresent() && blockList.get().has(hash);
        return CompletableFuture.completedFuture(
                blocked ? InspectionVerdict.reject("the hash is on the block list") : InspectionVerdict.PASS);
    }

    /** Of a whole file only. */
    @Override
    public Map<String, String> findings() {
        return sha256 == null
                ? Map.of()
                : Map.of("sha256", sha256, "crc32c", HexFormat.of().toHexDigits((int) crc.getValue()));
    }
}
