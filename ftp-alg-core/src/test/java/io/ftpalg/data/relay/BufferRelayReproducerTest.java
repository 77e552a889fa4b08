package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When it fails, {@link BufferRelay#broken} need not expect a NotYetConnectedException. */
@Timeout(20)
class BufferRelayReproducerTest {

    @Test
    void epollReportsAResetInShutdownAsNotYetConnected() throws IOException {
        assumeTrue(Epoll.isAvailable());
        CompletableFuture<Throwable> reset = new CompletableFuture<>();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EpollSocketChannel channel = new EpollSocketChannel();
            channel.config().setAutoClose(false);
            channel.config().setAllowHalfClosure(true);
            new Bootstrap()
                    .group(group)
                    .channelFactory(() -> channel)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                            channel.shutdownOutput()
                                    .addListener(shut ->
                                            reset.complete(shut.isSuccess() ? new AssertionError() : shut.cause()));
                        }
                    })
                    .connect(server.getLocalSocketAddress())
                    .syncUninterruptibly();
            try (Socket peer = server.accept()) {
                peer.setSoLinger(true, 0);
            }

            assertThat(reset.orTimeout(8, TimeUnit.SECONDS).join()).isInstanceOf(NotYetConnectedException.class);
            channel.close().syncUninterruptibly();
        } finally {
            group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
