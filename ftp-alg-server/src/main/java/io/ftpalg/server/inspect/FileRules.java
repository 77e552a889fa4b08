package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.protocol.FtpReply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which files are rejected by their name or size. Constant. */
final class FileRules {
    private static final Reject NAME = InspectionVerdict.reject("files of this name are not allowed");

    private final long maxSize;
    private final List<String> denied;

    /** Makes rules of patterns with {@code *} and {@code ?}, which match the last part of a path in either case of letters. */
    FileRules(Optional<Long> maxSize, List<String> denyNames) {
        this.maxSize = maxSize.orElse(Long.MAX_VALUE);
        this.denied =
                denyNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** Matches without recursion: after a mismatch only the last star takes one more. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Returns the inspection of the file of this path. */
    Inspection of(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean isDenied = denied.stream().anyMatch(pattern -> matches(pattern, name));
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
