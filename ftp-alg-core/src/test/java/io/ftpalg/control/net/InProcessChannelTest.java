package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of a connection in this process, on one event loop. */
@Timeout(60)
class InProcessChannelTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.2", 2);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InProcessChannel one = InProcessChannel.connect(HERE, THERE);
    private final InProcessChannel other = one.other();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void register() {
        other.config().setAutoRead(false).setAllowHalfClosure(true);
        other.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                events.add(bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof ChannelInputShutdownEvent) {
                    events.add("end");
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                events.add(String.valueOf(cause.getMessage()));
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                events.add("closed");
            }
        });
        group.register(one).syncUninterruptibly();
        group.register(other).syncUninterruptibly();
    }

    @AfterEach
    void end() {
        one.close().syncUninterruptibly();
        other.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private <T> T on(Callable<T> task) {
        return one.eventLoop().submit(task).syncUninterruptibly().getNow();
    }

    private ChannelFuture write(String text) {
        return one.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void hasTheAddressesOfAConnection() {
        assertThat(one.localAddress()).isEqualTo(HERE);
        assertThat(one.remoteAddress()).isEqualTo(THERE);
        assertThat(other.localAddress()).isEqualTo(THERE);
        assertThat(one.parent()).isNull();
        assertThat(one.isActive()).isTrue();
        assertThat(one.isShutdown()).isFalse();
        assertThat(one.connect(THERE).awaitUninterruptibly().isSuccess()).isFalse();
        assertThat(one.bind(HERE).awaitUninterruptibly().isSuccess()).isFalse();
    }

    /** A write waits for a read of the other end. */
    @Test
    void writesNoMoreThanTheOtherEndReads() {
        ChannelFuture first = write("a");
        ChannelFuture second = write("b");
        on(() -> 0);
        assertThat(first.isDone()).isFalse();

        other.read();

        await().until(first::isSuccess);
        await().until(second::isSuccess);
        await().untilAsserted(() -> assertThat(events).containsExactly("a", "b"));
    }

    @Test
    void passesAnEndOnBehindTheBytes() {
        ChannelFuture written = write("a");
        other.read();
        await().until(written::isSuccess);
        on(one::shutdownOutput).syncUninterruptibly();
        await().untilAsserted(() -> assertThat(events).containsExactly("a"));
        other.read();

        await().untilAsserted(() -> assertThat(events).containsExactly("a", "end"));
        assertThat(other.isInputShutdown()).isTrue();
        assertThat(one.isOutputShutdown()).isTrue();
        assertThat(other.isOutputShutdown()).isFalse();
    }

    @Test
    void closesWithTheOtherEndWhereItDoesNotKeepHalfOpen() {
        other.config().setAllowHalfClosure(false);
        one.close();
        other.read();

        await().untilAsserted(() -> assertThat(events).containsExactly("closed"));
    }

    @Test
    void resetsTheOtherEnd() {
        one.abort();

        await().untilAsserted(() -> assertThat(events).containsExactly("connection reset in this process", "closed"));
        assertThat(one.isShutdown()).isTrue();
    }

    @Test
    void failsAWriteToAnEndThatIsClosed() {
        other.close().syncUninterruptibly();

        assertThat(write("a").awaitUninterruptibly().isSuccess()).isFalse();
    }

    @Test
    void takesBytesOnly() {
        assertThatThrownBy(() -> one.writeAndFlush("text").syncUninterruptibly())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shutsBothDirections() {
        on(one::shutdown).syncUninterruptibly();
        assertThat(one.isShutdown()).isTrue();
        on(other::shutdownInput).syncUninterruptibly();
        assertThat(other.isInputShutdown()).isTrue();
        one.disconnect().syncUninterruptibly();
        assertThat(one.isOpen()).isFalse();
    }

    @Test
    void hasTheSettingsThatMeanSomethingHere() {
        SocketChannelConfig config = one.config();
        assertThat(config.setOption(ChannelOption.SO_LINGER, 3)).isTrue();
        assertThat(config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true)).isTrue();
        assertThat(config.setOption(ChannelOption.AUTO_CLOSE, false)).isTrue();
        assertThat(config.getOption(ChannelOption.SO_LINGER))
                .isEqualTo(config.getSoLinger())
                .isEqualTo(3);
        assertThat(config.getOption(ChannelOption.ALLOW_HALF_CLOSURE))
                .isEqualTo(config.isAllowHalfClosure())
                .isTrue();
        assertThat(config.getOption(ChannelOption.AUTO_CLOSE)).isFalse();
        assertThat(config.getOptions()).containsKeys(ChannelOption.SO_LINGER, ChannelOption.AUTO_READ);
        FixedRecvByteBufAllocator reads = new FixedRecvByteBufAllocator(7);
        config.setConnectTimeoutMillis(5)
                .setWriteSpinCount(6)
                .setAllocator(UnpooledByteBufAllocator.DEFAULT)
                .setRecvByteBufAllocator(reads)
                .setAutoClose(true)
                .setMessageSizeEstimator(DefaultMessageSizeEstimator.DEFAULT)
                .setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        assertThat(config.getConnectTimeoutMillis()).isEqualTo(5);
        assertThat(config.getWriteSpinCount()).isEqualTo(6);
        assertThat(config.getWriteBufferWaterMark().high()).isEqualTo(2);
        FixedRecvByteBufAllocator found = config.getRecvByteBufAllocator();
        assertThat(found).isSameAs(reads);
    }

    /** Those of TCP are taken, and have no effect. */
    @Test
    void ignoresTheSettingsOfTcp() {
        SocketChannelConfig config = one.config()
                .setTcpNoDelay(false)
                .setSendBufferSize(1)
                .setReceiveBufferSize(1)
                .setKeepAlive(true)
                .setTrafficClass(1)
                .setReuseAddress(true)
                .setPerformancePreferences(1, 2, 3);

        assertThat(config.isTcpNoDelay()).isTrue();
        assertThat(config.getSendBufferSize()).isZero();
        assertThat(config.getReceiveBufferSize()).isZero();
        assertThat(config.isKeepAlive()).isFalse();
        assertThat(config.getTrafficClass()).isZero();
        assertThat(config.isReuseAddress()).isFalse();
    }
}
