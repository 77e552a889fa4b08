package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingHandlerTest {
    private final List<Object> told = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new HoldingHandler(), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    told.add(msg);
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    told.add(event);
                }
            });
    private final ByteBuf piece = Unpooled.buffer().writeInt(1);

    @Test
    void handsOnTheBytesAndThenTheEnd() {
        channel.writeInbound(piece);
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(told).isEmpty();

        HoldingHandler.release(channel.pipeline().context(HoldingHandler.class));

        assertThat(told).containsExactly(piece, ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.pipeline().get(HoldingHandler.class)).isNull();
        assertThat(piece.release()).isTrue();
    }

    @Test
    void dropsTheBytesOfAConnectionThatIsClosed() {
        channel.writeInbound(piece);

        channel.close().awaitUninterruptibly();

        assertThat(piece.refCnt()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void remembersAResetByClosing() {
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));

        assertThat(channel.isOpen()).isFalse();
    }
}
