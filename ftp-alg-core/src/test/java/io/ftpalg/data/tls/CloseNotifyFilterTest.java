package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.Tls;
import io.ftpalg.protocol.Side;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours is one end of TLS, and its peer the other. */
@ParameterizedClass
@MethodSource("io.ftpalg.data.Tls#available")
@ExtendWith(NettyLeakDetectorExtension.class)
class CloseNotifyFilterTest {
    private final List<String> heard = new ArrayList<>();
    private final SslHandler ours;
    private final SslHandler theirs;
    private final EmbeddedChannel us;
    private final EmbeddedChannel peer;

    CloseNotifyFilterTest(Tls tls) {
        ours = tls.leg(Side.SERVER).handler(ByteBufAllocator.DEFAULT);
        theirs = tls.leg(Side.CLIENT).handler(ByteBufAllocator.DEFAULT);
        us = new EmbeddedChannel(ours, new CloseNotifyFilter(ours), new Heard());
        peer = new EmbeddedChannel(theirs);
        EmbeddedWire.exchange(us, peer);
        heard.clear();
    }

    @AfterEach
    void end() {
        us.finishAndReleaseAll();
        peer.finishAndReleaseAll();
    }

    @Test
    void reportsThePeersEnd() {
        theirs.closeOutbound();
        EmbeddedWire.exchange(us, peer);

        assertThat(heard).containsExactly("end");
    }

    @Test
    void reportsThePeersEndBehindOurs() {
        ours.closeOutbound();

        theirs.closeOutbound();
        hearPeer();

        assertThat(heard).containsExactly("end");
    }

    /** The peer has not heard of our end yet, as its data may cross it. */
    @Test
    void reportsThePeersEndBehindOursAndMoreOfItsData() {
        ours.closeOutbound();

        for (int i = 1; i <= 2; i++) {
            peer.writeOutbound(Unpooled.wrappedBuffer(new byte[i]));
            hearPeer();
        }
        assertThat(heard).containsExactly("1", "2");

        theirs.closeOutbound();
        hearPeer();
        assertThat(heard).containsExactly("1", "2", "end");
    }

    @Test
    void takesNoFailureForTheEnd() {
        ours.closeOutbound();
        peer.writeOutbound(Unpooled.wrappedBuffer(new byte[1]));
        hearPeer();

        peer.writeOutbound(Unpooled.wrappedBuffer(new byte[100]));
        ByteBuf record = peer.readOutbound();
        record.setByte(record.writerIndex() - 1, record.getByte(record.writerIndex() - 1) ^ 1);
        us.writeInbound(record);
        us.flush();
        us.pipeline().fireChannelReadComplete();

        assertThat(heard).startsWith("1").doesNotContain("end").anyMatch(what -> what.startsWith("failure"));
    }

    /** What we send does not arrive meanwhile. */
    private void hearPeer() {
        EmbeddedWire.passAll(peer, us);
    }

    private final class Heard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            heard.add(String.valueOf(((ByteBuf) msg).readableBytes()));
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == SslCloseCompletionEvent.SUCCESS) {
                heard.add("end");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add("failure: " + cause);
        }
    }
}
