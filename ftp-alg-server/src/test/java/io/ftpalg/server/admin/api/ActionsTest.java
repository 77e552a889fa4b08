package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.admin.AdminCaller;
import io.ftpalg.server.admin.AdminResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private final Actions actions = new Actions();

    private AdminResponse.Whole run(Supplier<CompletionStage<String>> work) {
        return (AdminResponse.Whole) actions.run("kill", "7", ApiFixture.CALLER, work)
                .toCompletableFuture()
                .join();
    }

    @Test
    void recordsWhatWasDone() {
        List<String> watched = new ArrayList<>();
        actions.watch(watched::add);

        AdminResponse.Whole response = run(() -> CompletableFuture.completedFuture("detail"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text())
                .contains("\"action\":\"kill\"", "\"by\":\"socket joe\"", "\"result\":\"done\"", "\"detail\"");
        assertThat(watched).containsExactly(response.text());
        assertThat(actions.newest(5)).isEqualTo(watched);
    }

    @Test
    void respondsWithTheRefusal() {
        assertThat(run(() -> {
                            throw new ApiException(409, "busy", "wait");
                        })
                        .status())
                .isEqualTo(409);
        assertThat(run(() -> CompletableFuture.failedFuture(
                                new CompletionException(new ApiException(404, "no such", "look"))))
                        .status())
                .isEqualTo(404);
        assertThat(actions.newest(2)).allMatch(action -> action.contains("\"result\":\"failed\""));
    }

    @Test
    void hidesAnErrorOfItsOwn() {
        AdminResponse.Whole response = run(() -> CompletableFuture.failedFuture(new IllegalStateException("a secret")));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("internal error").doesNotContain("a secret");
    }

    @Test
    void namesACallerWithoutAName() {
        assertThat(Actions.name(new AdminCaller("", AdminCaller.Proof.TOKEN))).isEqualTo("token");
    }
}
