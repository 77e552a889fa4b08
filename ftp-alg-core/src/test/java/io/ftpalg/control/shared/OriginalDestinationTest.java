package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.IpLiteral;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R8; what the packet filter hands over is in the integration tests. */
class OriginalDestinationTest {

    /** As the kernel has them: family in the order of the host, port and address in that of the network. */
    @ParameterizedTest
    @CsvSource({
        "02000015c0000207000000000000000000, false, 192.0.2.7, 21",
        "0a00ea60000000002001 0db8000000000000000000000007 00000000, true, 2001:db8::7, 60000"
    })
    void readsASocketAddress(String hex, boolean ipv6, String host, int port) {
        ByteBuffer sockaddr = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(OriginalDestination.read(sockaddr, ipv6))
                .isEqualTo(new InetSocketAddress(IpLiteral.parse(host).orElseThrow(), port));
    }

    /** Whether connections are tracked or not. */
    @ParameterizedTest
    @EnumSource(TransparentMode.class)
    void isNoneOfAClientThatConnectsToThisHost(TransparentMode mode) throws Exception {
        assertThat(destination("127.0.0.1", mode)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TransparentMode.class)
    void isNoneOfAnIpv6ClientThatConnectsToThisHost(TransparentMode mode) throws Exception {
        assertThat(destination("::1", mode)).isEmpty();
    }

    private static Optional<InetSocketAddress> destination(String host, TransparentMode mode) throws Exception {
        assumeTrue(Epoll.isAvailable());
        IoEventLoopGroup loops = Transport.EPOLL.newEventLoops(1, Thread::new);
        BlockingQueue<Optional<InetSocketAddress>> found = new LinkedBlockingQueue<>();
        try {
            Channel listener = new ServerBootstrap()
                    .group(loops)
                    .channel(EpollServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel client) {
                            found.add(OriginalDestination.of(client, mode));
                        }
                    })
                    .bind(new InetSocketAddress("::", 0))
                    .sync()
                    .channel();
            Socket client = new Socket(host, ((InetSocketAddress) listener.localAddress()).getPort());
            try {
                return Objects.requireNonNull(found.poll(10, TimeUnit.SECONDS), "not accepted");
            } finally {
                client.close();
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void isOwnOnEachInterface() {
        assertThat(SharedGatewayState.isThisHost(IpLiteral.parse("127.9.9.9").orElseThrow()))
                .isTrue();
        assertThat(SharedGatewayState.isThisHost(IpLiteral.parse("0.0.0.0").orElseThrow()))
                .isTrue();
        assertThat(SharedGatewayState.isThisHost(IpLiteral.parse("::1").orElseThrow()))
                .isTrue();
        assertThat(SharedGatewayState.isThisHost(IpLiteral.parse("192.0.2.1").orElseThrow()))
                .isFalse();
    }
}
