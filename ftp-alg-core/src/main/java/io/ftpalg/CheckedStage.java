package io.ftpalg;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Follows a stage that an embedder's object returned, and checks what it ends with. */
final class CheckedStage {

    /** Decides on the end of a stage; one of both arguments is null, or both where the embedder's code is wrong. */
    @FunctionalInterface
    interface Check<S, T> {
        /** Returns the value that is there for the session, or throws what the stage fails with. */
        T check(@Nullable S value, @Nullable Throwable failure) throws Throwable;
    }

    private CheckedStage() {}

    /**
     * Returns a stage that ends as the check decides. To cancel it cancels the other one, which a dependent stage does not, and
     * nothing is checked then.
     */
    static <S, T> CompletableFuture<T> of(CompletionStage<S> stage, Check<? super S, ? extends T> check) {
        CompletableFuture<T> checked = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (checked.isDone()) {
                return;
            }
            try {
                checked.complete(check.check(value, failure));
            } catch (Throwable e) {
                checked.completeExceptionally(e);
            }
        });
        checked.whenComplete((value, failure) -> {
            if (checked.isCancelled()) {
                stage.toCompletableFuture().cancel(false);
            }
        });
        return checked;
    }
}
