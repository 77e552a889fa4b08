package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CheckThreadsTest {
    private final CountDownLatch open = new CountDownLatch(1);

    @Test
    void doesNothingOnTheCallersThreadAndKeepsNoProcessAlive() throws Exception {
        try (CheckThreads threads = new CheckThreads("checks", 1)) {
            Thread worker = get(threads.submit(Thread::currentThread));

            assertThat(worker).isNotSameAs(Thread.currentThread());
            assertThat(worker.isDaemon()).isTrue();
            assertThat(worker.getName()).isEqualTo("checks");
        }
    }

    @Test
    void refusesWhatIsTooMuchAndDoesTheRest() throws Exception {
        try (CheckThreads threads = new CheckThreads("checks", 2, 3)) {
            List<CompletionStage<Boolean>> five = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                five.add(threads.submit(() -> open.await(10, TimeUnit.SECONDS)));
            }

            CompletionStage<Boolean> sixth = threads.submit(() -> true);

            assertThatThrownBy(() -> get(sixth))
                    .cause()
                    .isInstanceOf(UsersException.class)
                    .hasMessage("checks: too many logins at a time, 3 are waiting");
            open.countDown();
            for (CompletionStage<Boolean> each : five) {
                assertThat(get(each)).isTrue();
            }
            assertThat(get(threads.submit(() -> true))).isTrue();
        }
    }

    @Test
    void answersWhateverIsThrown() throws Exception {
        try (CheckThreads threads = new CheckThreads("checks", 1)) {
            CompletionStage<Object> failed = threads.submit(() -> {
                throw new OutOfMemoryError("of a test");
            });

            assertThatThrownBy(() -> get(failed)).cause().isInstanceOf(OutOfMemoryError.class);
            assertThat(get(threads.submit(() -> 1))).isEqualTo(1);
        }
    }

    @Test
    void failsWhatWaitsWhenItCloses() throws Exception {
        CheckThreads threads = new CheckThreads("checks", 1);
        CompletionStage<Boolean> running = threads.submit(() -> open.await(10, TimeUnit.SECONDS));
        CompletionStage<Boolean> waiting = threads.submit(() -> true);

        threads.close();

        assertThatThrownBy(() -> get(running)).cause().isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> get(waiting)).cause().hasMessage("checks: closed");
        assertThatThrownBy(() -> get(threads.submit(() -> true))).cause().hasMessage("checks: closed");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.get(10, TimeUnit.SECONDS);
    }
}
