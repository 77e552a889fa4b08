package io.ftpalg.control.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.ServiceRecord;
import io.ftpalg.protocol.HostPort;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCacheTest {
    private final List<CompletableFuture<ServiceAnswer>> asked = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1;
    private final ServiceCache cache = new ServiceCache(() -> now);

    @ParameterizedTest
    @CsvSource({"60, 60", "1, 1", "0, 1", "300, 300", "86400, 300"})
    void keepsAnAnswerForItsTtlWithinBounds(long ttl, long kept) {
        get("a");
        asked.get(0).complete(answer("one", ttl));
        now += Duration.ofSeconds(kept).toNanos() - 1;
        assertThat(get("a").toCompletableFuture().join())
                .extracting(record -> record.server().host())
                .containsExactly("one");
        assertThat(asked).hasSize(1);

        now++;
        get("a");

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksOnceForAllWhoWait() {
        CompletionStage<List<ServiceRecord>> first = get("a");
        CompletionStage<List<ServiceRecord>> second = get("a");
        assertThat(asked).hasSize(1);

        asked.get(0).complete(answer("one", 5));

        assertThat(first.toCompletableFuture().join())
                .isEqualTo(second.toCompletableFuture().join());
    }

    @Test
    void keepsNoFailure() {
        CompletionStage<List<ServiceRecord>> first = get("a");
        asked.get(0).completeExceptionally(new UnknownHostException("a"));

        get("a");

        assertThat(first.toCompletableFuture()).isCompletedExceptionally();
        assertThat(asked).hasSize(2);
    }

    @Test
    void doesNotGrowForEver() {
        for (int i = 0; i < 257; i++) {
            get("a" + i);
            asked.get(i).complete(answer("one", 300));
        }

        get("a0");

        assertThat(asked).hasSize(258);
        get("a256");
        assertThat(asked).hasSize(258);
    }

    @Test
    void nobodyCanSpoilTheAnswerOfAnother() {
        get("a").toCompletableFuture().cancel(false);
        asked.get(0).complete(answer("one", 5));

        assertThat(get("a").toCompletableFuture().join()).hasSize(1);
    }

    private CompletionStage<List<ServiceRecord>> get(String name) {
        return cache.get(name, () -> {
            CompletableFuture<ServiceAnswer> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        });
    }

    private static ServiceAnswer answer(String server, long ttl) {
        return new ServiceAnswer(List.of(new ServiceRecord(1, 2, new HostPort(server, 21))), ttl);
    }
}
