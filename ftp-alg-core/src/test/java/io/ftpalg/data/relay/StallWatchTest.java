package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallWatchTest {

    @Test
    void firesOnceWhenNothingMovesAndNotBefore() {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            AtomicInteger stalls = new AtomicInteger();
            AtomicLong moved = new AtomicLong();
            AtomicInteger looks = new AtomicInteger();

            fixture.run(() -> new StallWatch(
                    fixture.loop,
                    Duration.ofMillis(100),
                    () -> {
                        long now = looks.incrementAndGet() < 20 ? moved.incrementAndGet() : moved.get();
                        assertThat(looks.get() >= 20 || stalls.get() == 0).isTrue();
                        return now;
                    },
                    stalls::incrementAndGet));

            await().atMost(DataFixture.SECONDS).until(() -> stalls.get() > 0);
            int after = looks.get();
            assertThat(after).isGreaterThanOrEqualTo(22);
            fixture.run(() -> {});
            assertThat(stalls).hasValue(1);
            assertThat(looks).hasValue(after);
        }
    }
}
