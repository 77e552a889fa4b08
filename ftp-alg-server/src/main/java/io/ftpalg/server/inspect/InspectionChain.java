package io.ftpalg.server.inspect;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Hold;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.inspect.SpillFile;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.server.inspect.tee.TeeCopy;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several inspections of one transfer, each of which receives the same bytes: what one of them rejects is rejected. A copy of the file
 * receives them too, and their verdict. Owned by the transfer, on its event loop.
 */
final class InspectionChain implements Inspection {
    private static final CompletionStage<InspectionVerdict> PASS =
            CompletableFuture.completedFuture(InspectionVerdict.PASS);

    private static final Reject NO_MEMORY = InspectionVerdict.reject(
            "too many transfers are inspected",
            FtpReply.of(451, "Transfer rejected: too many transfers are inspected, try again later."));

    private final InspectionTerms terms;
    private final List<Inspection> all;
    private final Optional<TeeCopy> copy;
    private final Optional<SpillFile> spill;
    private @Nullable Runnable memory;

    /**
     * Makes one.
     *
     * @param copy the copy of the file, if there is one
     * @param memory gives back the memory of this transfer; empty if there was none for it, which rejects it
     * @param spill where bytes are held that are too many for memory
     */
    InspectionChain(
            InspectionTerms terms,
            List<Inspection> all,
            Optional<TeeCopy> copy,
            Optional<Runnable> memory,
            Optional<SpillFile> spill) {
        this.terms = terms;
        this.all = List.copyOf(all);
        this.copy = copy;
        this.spill = spill;
        this.memory = memory.orElse(null);
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
        CompletionStage<InspectionVerdict> verdict = ask(inspection -> inspection.inspect(piece.duplicate()));
        return copy.map(there -> rejecting(verdict, there)
                        .thenCombine(there.write(piece.duplicate()), InspectionChain::stricter))
                .orElse(verdict);
    }

    @Override
    public CompletionStage<InspectionVerdict> end(long bytes) {
        CompletionStage<InspectionVerdict> verdict = ask(inspection -> inspection.end(bytes));
        return copy.map(there -> rejecting(verdict, there)
                        .thenCompose(what -> what instanceof Reject ? verdict : there.finish()))
                .orElse(verdict);
    }

    /** Notifies the copy first, whose outcome a rejection is. */
    private static CompletionStage<InspectionVerdict> rejecting(
            CompletionStage<InspectionVerdict> verdict, TeeCopy copy) {
        return verdict.whenComplete((what, failure) -> {
            if (failure != null) {
                copy.reject("the inspection failed");
            } else if (what instanceof Reject rejection) {
                copy.reject(rejection.reason());
            }
        });
    }

    private CompletionStage<InspectionVerdict> ask(Function<Inspection, CompletionStage<InspectionVerdict>> question) {
        if (memory == null) {
            return CompletableFuture.completedFuture(NO_MEMORY);
        }
        CompletionStage<InspectionVerdict> verdict = PASS;
        for (Inspection inspection : all) {
            CompletionStage<InspectionVerdict> next = question.apply(inspection);
            verdict = verdict == PASS ? next : verdict.thenCombine(next, InspectionChain::stricter);
        }
        return verdict;
    }

    private static InspectionVerdict stricter(InspectionVerdict first, InspectionVerdict second) {
        if (first instanceof Reject || second instanceof Reject) {
            return first instanceof Reject ? first : second;
        }
        return first instanceof Hold ? first : second;
    }

    @Override
    public void cancel() {
        all.forEach(Inspection::cancel);
        copy.ifPresent(TeeCopy::cancel);
    }

    /** Called when the transfer is over, however it ended. */
    @Override
    public Map<String, String> findings() {
        if (memory != null) {
            memory.run();
            memory = null;
        }
        Map<String, String> findings = new LinkedHashMap<>();
        all.forEach(inspection -> findings.putAll(inspection.findings()));
        copy.ifPresent(there -> findings.putAll(there.findings()));
        return findings;
    }
}
