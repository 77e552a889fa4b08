package io.ftpalg.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    /** The time stands still before the deadline begins. */
    @BeforeEach
    void start() {
        channel.freezeTime();
        channel.pipeline().addLast(new RequestDeadline());
        channel.pipeline().fireChannelActive();
    }

    @Test
    void closesAConnectionOnWhichNoRequestArrives() {
        elapse(AdminLimits.REQUEST_TIME.minusMillis(1));
        assertThat(channel.isOpen()).isTrue();

        elapse(Duration.ofMillis(1));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void givesTheResponseItsTimeAndBeginsAgainWhenItIsSent() {
        channel.writeInbound("a request");
        elapse(AdminLimits.REQUEST_TIME.multipliedBy(2));
        assertThat(channel.isOpen()).isTrue();

        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        elapse(AdminLimits.REQUEST_TIME.minusMillis(1));
        assertThat(channel.isOpen()).isTrue();

        elapse(Duration.ofMillis(1));
        assertThat(channel.isOpen()).isFalse();
    }

    private void elapse(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }
}
