package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InspectionChainTest {

    /** Has one verdict, and reads what it gets. */
    private static final class Fixed implements Inspection {
        private final CompletionStage<InspectionVerdict> verdict;
        private int read;
        private boolean cancelled;

        Fixed(CompletionStage<InspectionVerdict> verdict) {
            this.verdict = verdict;
        }

        @Override
        public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
            read += piece.remaining();
            piece.position(piece.limit());
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
            return Map.of("read" + read, "");
        }
    }

    private final Fixed passing = new Fixed(CompletableFuture.completedFuture(InspectionVerdict.PASS));
    private final CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
    private final Fixed late = new Fixed(verdict);
    private final InspectionChain chain = new InspectionChain(
            InspectionTerms.DEFAULT, List.of(passing, late), Optional.empty(), Optional.of(() -> {}), Optional.empty());

    @Test
    void givesAllOfThemTheSameBytesAndAwaitsAllVerdicts() {
        CompletionStage<InspectionVerdict> all = chain.inspect(ByteBuffer.allocate(5));
        boolean early = all.toCompletableFuture().isDone();

        verdict.complete(InspectionVerdict.PASS);

        assertThat(early).isFalse();
        assertThat(Verdicts.text(all)).isEqualTo("pass");
        assertThat(passing.read).isEqualTo(5);
        assertThat(late.read).isEqualTo(5);
    }

    @Test
    void rejectsWhatOneRejectsWhereverItIs() {
        verdict.complete(InspectionVerdict.reject("no"));
        InspectionChain other = new InspectionChain(
                InspectionTerms.DEFAULT,
                List.of(late, passing),
                Optional.empty(),
                Optional.of(() -> {}),
                Optional.empty());

        assertThat(Verdicts.end(chain, 0)).isEqualTo("no");
        assertThat(Verdicts.end(other, 0)).isEqualTo("no");
    }

    @Test
    void cancelsAllAndJoinsTheirFindings() {
        chain.cancel();

        assertThat(passing.cancelled && late.cancelled).isTrue();
        assertThat(chain.findings()).containsOnlyKeys("read0");
    }
}
