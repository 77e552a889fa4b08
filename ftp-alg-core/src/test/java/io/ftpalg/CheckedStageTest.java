package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CheckedStageTest {
    private final CompletableFuture<String> given = new CompletableFuture<>();

    @Test
    void endsAsTheCheckDecides() {
        CompletableFuture<Integer> checked = CheckedStage.of(given, (value, failure) -> {
            if (value == null) {
                throw new IllegalArgumentException("checked");
            }
            return value.length();
        });
        given.complete("four");
        assertThat(checked).isCompletedWithValue(4);

        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException("given"));
        assertThat(CheckedStage.of(failed, (value, failure) -> {
                    throw new IllegalArgumentException("checked", failure);
                }))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalArgumentException.class)
                .withRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancelsWhatItFollowsAndChecksNothingThen() {
        CheckedStage.of(given, (value, failure) -> {
                    throw new AssertionError("checked although nobody waits");
                })
                .cancel(false);

        assertThat(given).isCancelled();
    }
}
