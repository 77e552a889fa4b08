package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty alone. When one of these fails, that part of {@link PersistentEpollRegistration} can go. */
@Timeout(20)
class PersistentEpollRegistrationReproducerTest {
    private final CompletableFuture<Void> inputShutdown = new CompletableFuture<>();
    private final CompletableFuture<Integer> read = new CompletableFuture<>();
    private MultiThreadIoEventLoopGroup group;

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void stop() {
        if (group != null) {
            group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** Since netty/netty#16689. */
    @Test
    void aChannelWithoutInterestsCannotWaitForRoom() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = connect(server);
            try (Socket peer = server.accept()) {
                peer.shutdownOutput();
                inputShutdown.orTimeout(8, TimeUnit.SECONDS).join();

                Throwable failure = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[20_000_000]))
                        .awaitUninterruptibly()
                        .cause();

                assertThat(failure).hasRootCauseInstanceOf(NativeIoException.class);
                assertThat(failure).hasStackTraceContaining("No such file or directory");
            }
        }
    }

    @Test
    void aChannelReadsUnaskedOnceThePeerHasEnded() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connect(server);
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write(new byte[100]);
                peer.shutdownOutput();

                assertThat(read.orTimeout(8, TimeUnit.SECONDS).join()).isEqualTo(100);
            }
        }
    }

    @Test
    void aLoopThatIsToldToEndWhileItIsAwakeLeavesItsChannelsOpen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = connect(server);
            try (Socket peer = server.accept()) {
                EventLoop loop = channel.eventLoop();
                loop.execute(() -> group.shutdownGracefully(0, 8, TimeUnit.SECONDS));

                assertThat(group.terminationFuture().awaitUninterruptibly(8, TimeUnit.SECONDS))
                        .isTrue();

                assertThat(channel.isOpen()).isTrue();
                assertThat(peer.isConnected()).isTrue();
                ((EpollSocketChannel) channel).fd().close();
            }
        }
    }

    private Channel connect(ServerSocket server) {
        return new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        ByteBuf piece = (ByteBuf) msg;
                        read.complete(piece.readableBytes());
                        piece.release();
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event == ChannelInputShutdownEvent.INSTANCE) {
                            // In a later turn: what Netty does behind the event is done then.
                            ctx.executor().execute(() -> inputShutdown.complete(null));
                        }
                    }
                })
                .connect(server.getLocalSocketAddress())
                .syncUninterruptibly()
                .channel();
    }
}
