package io.ftpalg.control.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.codec.FtpCommandDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineTimeoutHandlerTest {
    private final List<Object> events = new ArrayList<>();
    private final FtpCommandDecoder decoder = new FtpCommandDecoder(100, 10, true);
    private final EmbeddedChannel channel = new EmbeddedChannel(
            decoder, new LineTimeoutHandler(decoder, Duration.ofSeconds(30)), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    events.add(event);
                }
            });

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void tellsOfALineThatTricklesInForTooLong() {
        channel.freezeTime();
        feed("N");
        pass(20);
        feed("O");
        pass(9);
        assertThat(events).isEmpty();

        pass(1);

        assertThat(events).containsExactly(LineTimeoutHandler.EXPIRED);
    }

    /** The gateway itself holds the client up, in the middle of a line. */
    @Test
    void doesNotCountTimeInWhichTheClientIsNotRead() {
        channel.freezeTime();
        feed("N");
        pass(15);
        channel.config().setAutoRead(false);
        pass(3600);
        channel.config().setAutoRead(true);
        pass(14);
        assertThat(events).isEmpty();

        pass(4);

        assertThat(events).containsExactly(LineTimeoutHandler.EXPIRED);
    }

    @Test
    void startsAnewWithTheNextLine() {
        channel.freezeTime();
        feed("NO");
        pass(29);
        feed("OP\r\nNO");
        pass(29);
        assertThat(events).isEmpty();

        pass(1);

        assertThat(events).containsExactly(LineTimeoutHandler.EXPIRED);
    }

    @Test
    void isSilentBetweenLines() {
        channel.freezeTime();
        feed("NO");
        feed("OP\r\n");

        pass(3600);

        assertThat(events).isEmpty();
    }

    @Test
    void isSilentOnceItsConnectionIsClosed() {
        channel.freezeTime();
        feed("NO");

        channel.close();
        pass(3600);

        assertThat(events).isEmpty();
    }

    private void feed(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
