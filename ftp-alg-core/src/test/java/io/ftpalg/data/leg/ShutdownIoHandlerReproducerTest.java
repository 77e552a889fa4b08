package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When these fail, {@link ShutdownIoHandler} can go. */
@Timeout(20)
class ShutdownIoHandlerReproducerTest {

    @Test
    void nioLeavesTheChannelsOpenOfALoopThatEndsWhileItIsAwake() throws IOException {
        leavesItOpen(NioIoHandler.newFactory(), NioSocketChannel::new);
    }

    @Test
    void ioUringLeavesTheChannelsOpenOfALoopThatEndsWhileItIsAwake() throws IOException {
        assumeTrue(IoUring.isAvailable());
        leavesItOpen(IoUringIoHandler.newFactory(), IoUringSocketChannel::new);
    }

    private static void leavesItOpen(IoHandlerFactory handlers, ChannelFactory<SocketChannel> sockets)
            throws IOException {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channelFactory(sockets)
                    .handler(new ChannelHandlerAdapter() {})
                    .connect(server.getLocalSocketAddress())
                    .syncUninterruptibly()
                    .channel();
            try (Socket peer = server.accept()) {
                group.next().execute(() -> group.shutdownGracefully(0, 8, TimeUnit.SECONDS));

                assertThat(group.terminationFuture().awaitUninterruptibly(8, TimeUnit.SECONDS))
                        .isTrue();
                assertThat(channel.isOpen()).isTrue();
                assertThat(peer.isConnected()).isTrue();
            }
        }
    }
}
