package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.inspect.tee.NamePatterns;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which files are rejected by their name or size. Constant. */
final class FileRules {
    private static final Reject NAME = InspectionVerdict.reject("files of this name are not allowed");

    private final long maxSize;
    private final NamePatterns denied;

    /**
     * Makes rules of globs, which match the last part of a path in either case of letters.
     *
     * @throws IllegalArgumentException if one of them is none
     */
    FileRules(Optional<Long> maxSize, List<String> denyNames) {
        this.maxSize = maxSize.orElse(Long.MAX_VALUE);
        this.denied = new NamePatterns(denyNames);
    }

    /** Returns the inspection of the file of this path. */
    Inspection of(String path) {
        boolean isDenied = denied.match(path);
        return new Inspection() {
            private long bytes;

            @Override
            public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
                bytes += piece.remaining();
                return CompletableFuture.completedFuture(verdict(isDenied, bytes));
            }

            @Override
            public CompletionStage<InspectionVerdict> end(long size) {
                return CompletableFuture.completedFuture(verdict(isDenied, size));
            }
        };
    }

    private InspectionVerdict verdict(boolean isDenied, long bytes) {
        if (isDenied) {
            return NAME;
        }
        if (bytes > maxSize) {
            String reason = "larger than " + maxSize + " bytes";
            return InspectionVerdict.reject(reason, FtpReply.of(552, "Transfer rejected: " + reason + "."));
        }
        return InspectionVerdict.PASS;
    }
}
