package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrickleTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final AtomicInteger ticks = new AtomicInteger();

    @AfterEach
    void close() {
        loop.shutdownGracefully();
    }

    @Test
    void runsAgainAndAgainWhileNothingIsPassedOn() {
        Trickle trickle = new Trickle(loop, Duration.ofMillis(10), ticks::incrementAndGet);

        Awaitility.await().until(() -> ticks.get() > 2);
        trickle.stop();
    }

    @Test
    void waitsAnIntervalMoreAfterSomethingWasPassedOn() {
        Trickle trickle = new Trickle(loop, Duration.ofHours(1), ticks::incrementAndGet);
        trickle.passed();

        trickle.onInterval();
        int first = ticks.get();
        trickle.onInterval();
        trickle.stop();

        assertThat(first).isZero();
        assertThat(ticks.get()).isEqualTo(1);
    }

    @Test
    void runsNoMoreWhenItIsStopped() {
        Trickle trickle = new Trickle(loop, Duration.ofHours(1), ticks::incrementAndGet);

        trickle.stop();

        assertThat(ticks.get()).isZero();
    }
}
