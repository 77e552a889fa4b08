package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When it fails, {@link IoUringReads} can go. */
@Timeout(20)
class IoUringReadsReproducerTest {

    @Test
    void ioUringReadsUnaskedOnceThePeerHasEnded() throws IOException {
        assumeTrue(IoUring.isAvailable());
        CompletableFuture<Integer> read = new CompletableFuture<>();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Bootstrap()
                    .group(group)
                    .channel(IoUringSocketChannel.class)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object msg) {
                            ByteBuf piece = (ByteBuf) msg;
                            read.complete(piece.readableBytes());
                            piece.release();
                        }
                    })
                    .connect(server.getLocalSocketAddress())
                    .syncUninterruptibly();
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(new byte[100]);
                peer.shutdownOutput();

                assertThat(read.orTimeout(8, TimeUnit.SECONDS).join()).isEqualTo(100);
            }
        } finally {
            group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
