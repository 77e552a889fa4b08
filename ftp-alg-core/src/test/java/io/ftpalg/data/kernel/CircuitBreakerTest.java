package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicInteger opened = new AtomicInteger();
    private final CircuitBreaker breaker = new CircuitBreaker(now::get, opened::incrementAndGet);

    @Test
    void opensAfterThreeFailuresInARow() {
        fail(2);
        assertThat(breaker.isClosed()).isTrue();
        breaker.onSuccess();
        fail(2);
        assertThat(breaker.isClosed()).isTrue();

        fail(1);

        assertThat(breaker.isClosed()).isFalse();
        assertThat(opened).hasValue(1);
    }

    @Test
    void opensOnceForFailuresThatComeAfterIt() {
        fail(5);

        assertThat(opened).hasValue(1);
    }

    @Test
    void closesAfterAMinuteAndOpensAgainWithOneFailure() {
        fail(3);
        now.addAndGet(CircuitBreaker.PAUSE.toNanos() - 1);
        assertThat(breaker.isClosed()).isFalse();
        now.addAndGet(2);
        assertThat(breaker.isClosed()).isTrue();

        fail(1);

        assertThat(breaker.isClosed()).isFalse();
        assertThat(opened).hasValue(2);
    }

    @Test
    void closesWithASuccess() {
        fail(3);

        breaker.onSuccess();

        assertThat(breaker.isClosed()).isTrue();
        fail(2);
        assertThat(breaker.isClosed()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.onFailure();
        }
    }
}
