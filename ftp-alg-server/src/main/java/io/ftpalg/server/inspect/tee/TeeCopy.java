package io.ftpalg.server.inspect.tee;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.CopyOutcome.Kind;
import io.ftpalg.server.inspect.tee.TeeSettings.Rejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of one file. What is written happens on the threads of the {@link Tee}, one step after the other; the verdict on a piece is
 * there when it is written, so that a store that is slow stops the sender. A step that fails, or takes too long, ends the copy. Called
 * on the transfer's event loop, and on the threads of other inspections; guarded by its own lock.
 */
public final class TeeCopy {
    private static final Logger logger = LoggerFactory.getLogger(TeeCopy.class);
    private static final Reject NOT_COPIED = InspectionVerdict.reject(
            "not copied", FtpReply.of(451, "Transfer rejected: the file cannot be copied now, try again later."));

    private final Tee tee;
    private final CopiedFile file;
    private final MessageDigest digest = sha256();
    private CompletableFuture<Void> steps = CompletableFuture.completedFuture(null);
    private long bytes;
    private @Nullable CopyOutcome outcome;
    /** Used by the steps only, and so are the two below. */
    private @Nullable CopyTarget target;

    private long written;

    /** A step of writing it. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    TeeCopy(Tee tee, CopiedFile file) {
        this.tee = tee;
        this.file = file;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Copies the next bytes, which are read during the call only. */
    public synchronized CompletionStage<InspectionVerdict> write(ByteBuffer piece) {
        bytes += piece.remaining();
        if (outcome == null && bytes > tee.settings().maxSize()) {
            fail("larger than " + tee.settings().maxSize() + " bytes, its max-size");
        }
        if (outcome != null) {
            return CompletableFuture.completedFuture(verdict());
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        return step(() -> {
            target().write(copy);
            digest.update(copy);
            written += copy.length;
        });
    }

    /** The whole passed all inspections: returns the verdict on it. */
    public synchronized CompletionStage<InspectionVerdict> finish() {
        if (outcome != null) {
            return CompletableFuture.completedFuture(verdict());
        }
        return step(() -> {
            target().finish();
            if (settle(CopyOutcome.COMPLETE)) {
                try {
                    record(true);
                } catch (IOException e) {
                    replace(CopyOutcome.failed("manifest not written: " + IoReasons.of(e)));
                    target().discard();
                }
                tee.ended();
            }
        });
    }

    /** An inspection rejected the file. */
    public synchronized void reject(String reason) {
        endAs(CopyOutcome.rejected(reason));
    }

    /** The transfer ended before the last verdict. */
    public synchronized void cancel() {
        endAs(CopyOutcome.CUT);
    }

    /** Ends it before its first byte: there is no room for it. */
    synchronized void refuse(String reason) {
        outcome = CopyOutcome.failed(reason);
        tee.failures().count(reason);
    }

    private void fail(String reason) {
        if (endAs(CopyOutcome.failed(reason))) {
            tee.failures().count(reason);
        }
    }

    /** Ends it behind the step that runs, unless it has ended; returns whether it had not. */
    private boolean endAs(CopyOutcome how) {
        if (!settle(how)) {
            return false;
        }
        boolean keep = how.kind() != Kind.FAILED && tee.settings().rejected() == Rejected.KEEP;
        steps = steps.handle((none, failure) -> null).thenRunAsync(() -> end(keep), tee.threads());
        return true;
    }

    private synchronized boolean settle(CopyOutcome how) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        return true;
    }

    private synchronized void replace(CopyOutcome how) {
        outcome = how;
        tee.failures().count(how.reason().orElse(""));
    }

    private synchronized CompletionStage<InspectionVerdict> step(Step step) {
        long millis = tee.settings().timeout().toMillis();
        steps = steps.thenRunAsync(() -> run(step), tee.threads());
        return steps.copy().orTimeout(millis, TimeUnit.MILLISECONDS).handle((none, failure) -> {
            if (failure != null) {
                late("not written within " + millis + " ms");
            }
            return verdict();
        });
    }

    private synchronized void late(String reason) {
        fail(reason);
    }

    private synchronized boolean isOver() {
        return outcome != null;
    }

    private void run(Step step) {
        if (isOver()) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            late(IoReasons.of(e));
        } catch (RuntimeException e) {
            logger.error("copy ended by an internal error", e);
            late("internal error");
        }
    }

    private CopyTarget target() throws IOException {
        CopyTarget made = target;
        if (made == null) {
            made = tee.store().create(file);
            target = made;
        }
        return made;
    }

    private void end(boolean keep) {
        try {
            boolean kept = keep && finishPart();
            if (!kept && target != null) {
                target.discard();
            }
            record(kept);
        } catch (IOException e) {
            if (!failed()) {
                tee.failures().count(IoReasons.of(e));
            }
        } catch (RuntimeException e) {
            logger.error("copy ended by an internal error", e);
        } finally {
            tee.ended();
        }
    }

    private boolean finishPart() throws IOException {
        target().finish();
        return true;
    }

    private void record(boolean kept) throws IOException {
        CopyOutcome how;
        synchronized (this) {
            how = outcome;
        }
        if (how != null) {
            String hash = HexFormat.of().formatHex(digest.digest());
            tee.store().record(file, ManifestLine.of(file, how, kept, written, hash));
        }
    }

    private synchronized boolean failed() {
        return outcome != null && outcome.kind() == Kind.FAILED;
    }

    private InspectionVerdict verdict() {
        return failed() && tee.settings().onFailure() == OnFailure.REJECT ? NOT_COPIED : InspectionVerdict.PASS;
    }

    /** Returns where the copy is, or how it ended otherwise, for listeners. */
    public synchronized Map<String, String> findings() {
        if (outcome == null) {
            return Map.of();
        }
        String where =
                switch (outcome.kind()) {
                    case COMPLETE -> file.path();
                    case FAILED -> "failed";
                    case REJECTED, CUT -> tee.settings().rejected() == Rejected.KEEP ? file.path() : "removed";
                };
        return Map.of("copy", where);
    }
}
