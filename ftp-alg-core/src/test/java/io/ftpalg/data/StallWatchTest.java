package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallWatchTest {

    @Test
    void firesOnceWhenNothingMovesAndNotBefore() {
        try (Bed bed = new Bed(Kind.NIO)) {
            AtomicInteger stalls = new AtomicInteger();
            AtomicLong moved = new AtomicLong();
            AtomicInteger looks = new AtomicInteger();

            bed.run(() -> new StallWatch(bed.loop, Duration.ofMillis(100), () -> {
                long now = looks.incrementAndGet() < 20 ? moved.incrementAndGet() : moved.get();
                assertThat(looks.get() >= 20 || stalls.get() == 0).isTrue();
                return now;
            }, stalls::incrementAndGet));

            await().atMost(Bed.SECONDS).until(() -> stalls.get() > 0);
            int after = looks.get();
            assertThat(after).isGreaterThanOrEqualTo(22);
            bed.run(() -> { });
            assertThat(stalls).hasValue(1);
            assertThat(looks).hasValue(after);
        }
    }
}
