package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TlsGateTest {
    private final Promise<Void> handshake = ImmediateEventExecutor.INSTANCE.newPromise();
    private final TlsGate gate = new TlsGate(handshake);
    private final List<Object> events = new ArrayList<>();
    private int reads;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    TlsGateTest() {
        channel.config().setAutoRead(false);
        channel.pipeline()
                .addLast(
                        new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void read(ChannelHandlerContext ctx) {
                                reads++;
                            }
                        },
                        gate,
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                                events.add(event);
                            }
                        });
    }

    @Test
    void readsForTheHandshakeAndNoFurtherUntilItIsOpened() {
        channel.read();
        handshake.setSuccess(null);
        channel.read();
        assertThat(reads).isEqualTo(1);

        gate.open();
        channel.read();

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void keepsFinUntilTheHandshakeIsDecoded() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(events).isEmpty();

        gate.passFin();

        assertThat(events).containsExactly(ChannelInputShutdownEvent.INSTANCE);
        channel.advanceTimeBy(TlsGate.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(events).as("told once").hasSize(1);
    }

    @Test
    void takesFinForTheEndOfAHandshakeThatGoesNoFurther() {
        channel.freezeTime();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        channel.advanceTimeBy(TlsGate.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(events).containsExactly(ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void closesInALaterTurnSoThatTheReasonIsToldFirst() {
        channel.pipeline().close();
        assertThat(channel.isOpen()).isTrue();

        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void keepsNothingElse() {
        channel.pipeline().fireUserEventTriggered("another event");
        gate.passFin();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        assertThat(events).containsExactly("another event", ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void tellsNothingOnceItIsGone() {
        channel.freezeTime();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().remove(gate);

        channel.advanceTimeBy(TlsGate.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(events).isEmpty();
    }
}
