package io.ftpalg.control.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("transports")
@Timeout(20)
class LingeringCloseTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private final CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
    private final Channel listener;

    LingeringCloseTest(Transport transport) {
        this.transport = transport;
        group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        listener = new ServerBootstrap()
                .group(group)
                .channelFactory(transport.controlListeners())
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.complete(channel);
                    }
                })
                .bind(new InetSocketAddress(TestNetwork.LOCALHOST, 0))
                .syncUninterruptibly()
                .channel();
    }

    static List<Transport> transports() {
        return TransportTest.available();
    }

    @AfterEach
    void stop() {
        assertThat(group.shutdownGracefully(0, 8, TimeUnit.SECONDS).awaitUninterruptibly(8, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void deliversTheLastReplyToAPeerWhoseCommandsWereNotRead() throws IOException {
        try (Peer peer = Peer.connect((InetSocketAddress) listener.localAddress())) {
            SocketChannel channel = TestNetwork.soon(accepted);
            for (int i = 0; i < 100; i++) {
                peer.say("NOOP " + i);
            }

            channel.eventLoop().execute(() -> {
                channel.write(Unpooled.copiedBuffer("421 bye\r\n", ISO_8859_1));
                LingeringClose.of(channel, LONG);
            });

            assertThat(peer.receive()).isEqualTo("421 bye");
            assertThat(peer.receive()).isEqualTo(Peer.END);
            assertThat(channel.isOpen()).isTrue();
        }
        await().atMost(TestNetwork.PATIENCE)
                .until(() -> !TestNetwork.soon(accepted).isOpen());
    }

    @Test
    void holdsTheLastReplyForTheEndBehindIt() throws IOException {
        assumeTrue(transport == Transport.EPOLL);
        try (Peer peer = Peer.connect((InetSocketAddress) listener.localAddress())) {
            EpollSocketChannel channel = (EpollSocketChannel) TestNetwork.soon(accepted);

            boolean held = channel.eventLoop()
                    .submit(() -> {
                        channel.write(Unpooled.copiedBuffer("421 bye\r\n", ISO_8859_1));
                        LingeringClose.of(channel, LONG);
                        return channel.config().isTcpCork();
                    })
                    .syncUninterruptibly()
                    .getNow();

            assertThat(held).isTrue();
            assertThat(peer.receive()).isEqualTo("421 bye");
            assertThat(peer.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void closesAfterTheGraceThoughThePeerDoesNot() throws IOException {
        try (Peer peer = Peer.connect((InetSocketAddress) listener.localAddress())) {
            SocketChannel channel = TestNetwork.soon(accepted);

            channel.eventLoop().execute(() -> LingeringClose.of(channel, Duration.ofMillis(50)));

            assertThat(channel.closeFuture().awaitUninterruptibly(8, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(peer.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void closesAtOnceWhatIsClosed() throws IOException {
        try (Peer peer = Peer.connect((InetSocketAddress) listener.localAddress())) {
            SocketChannel channel = TestNetwork.soon(accepted);
            channel.close().syncUninterruptibly();

            channel.eventLoop().submit(() -> LingeringClose.of(channel, LONG)).syncUninterruptibly();

            assertThat(channel.isOpen()).isFalse();
            assertThat(peer.receive()).isEqualTo(Peer.END);
        }
    }
}
