package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LingerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private boolean enough;
    private int looks;
    private int over;

    private Linger start() {
        channel.freezeTime();
        Linger linger = new Linger(
                channel.eventLoop(),
                Duration.ofMillis(100),
                Optional.of(() -> {
                    looks++;
                    return enough;
                }),
                () -> over++);
        linger.start();
        return linger;
    }

    @Test
    void isOverAtOnceWhereThereIsEnough() {
        enough = true;

        start();

        assertThat(over).isOne();
    }

    @Test
    void isOverWhenThereIsEnoughAndLooksSeldom() {
        start();
        pass(40);
        assertThat(over).isZero();

        enough = true;
        pass(30);

        assertThat(over).isOne();
        assertThat(looks).isLessThan(9);
    }

    @Test
    void isOverAfterItsTime() {
        start();
        pass(99);
        assertThat(over).isZero();

        pass(1);

        assertThat(over).isOne();
    }

    @Test
    void stops() {
        start().stop();

        pass(1_000);

        assertThat(over).isZero();
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
