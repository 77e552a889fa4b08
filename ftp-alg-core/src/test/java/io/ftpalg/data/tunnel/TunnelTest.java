package io.ftpalg.data.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.policy.route.TunnelProxy.Protocol;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.HostPort;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TunnelTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final HostPort TARGET = new HostPort("server.test", 21);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final CompletableFuture<String> read = new CompletableFuture<>();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A proxy that reads what it is sent, replies with these bytes, and closes if so. */
    private static ServerSocket proxy(byte[] reply, boolean closes) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread thread = new Thread(
                () -> {
                    try (Socket client = listener.accept()) {
                        client.getInputStream().read(new byte[1000]);
                        client.getOutputStream().write(reply);
                        if (!closes) {
                            while (client.getInputStream().read() >= 0) {
                                // Until the gateway closes.
                            }
                        }
                    } catch (IOException e) {
                        // Gone.
                    }
                },
                "bad-proxy");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private static Tunnel tunnel(InetSocketAddress proxy, Protocol... protocols) {
        return new Tunnel(
                new Via(List.of(protocols).stream()
                        .map(protocol -> TunnelProxy.of(protocol, new HostPort("127.0.0.1", proxy.getPort())))
                        .toList()),
                proxy,
                RouteServer.throughProxy(TARGET));
    }

    private SocketChannel open(Tunnel tunnel, Duration timeout) throws Exception {
        CompletableFuture<SocketChannel> result = new CompletableFuture<>();
        loop.execute(() -> {
            TunnelInitializer initializer = new TunnelInitializer(tunnel, timeout);
            ChannelFuture connecting =
                    initializer.connect(new Bootstrap().group(loop).channel(NioSocketChannel.class));
            connecting.addListener(done -> initializer.result().addListener(through -> {
                if (!through.isSuccess()) {
                    result.completeExceptionally(new IOException(TunnelErrors.reason(through.cause())));
                    return;
                }
                SocketChannel channel = (SocketChannel) connecting.channel();
                channel.pipeline().addLast(new Reader());
                initializer.passOn(channel);
                result.complete(channel);
            }));
        });
        return result.get(LONG.toSeconds() + 10, TimeUnit.SECONDS);
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf bytes = (ByteBuf) msg;
            read.complete(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
    }

    private static InetSocketAddress address(ServerSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A server's greeting may come in one segment with the reply of the proxy. */
    @ParameterizedTest
    @CsvSource({
        "SOCKS4A, '\0\132\0\0\0\0\0\0'",
        "HTTP, 'HTTP/1.1 200 Connected\r\nX: y\r\n\r\n'",
    })
    void losesNoByteBehindTheReplyOfTheProxy(Protocol protocol, String reply) throws Exception {
        try (ServerSocket proxy = proxy(bytes(reply + "220 ready\r\n"), false)) {
            Channel channel = open(tunnel(address(proxy), protocol), LONG);

            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("220 ready\r\n");
            assertThat(channel.pipeline().names()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS5, 'HTTP/1.1 400 Bad Request\r\n\r\n', unexpected authMethod: UNACCEPTED",
        "SOCKS5, '\5\377', unexpected authMethod: UNACCEPTED",
        "SOCKS4A, '\0\133\0\0\0\0\0\0', status: REJECTED_OR_FAILED",
        "HTTP, 'HTTP/1.1 403 No such luck\r\nContent-Length: 0\r\n\r\n', status: 403 No such luck",
        "HTTP, '220 an FTP server\r\n', status: 999 Unknown",
        "HTTP, '\5\0\5\0\0\1\0\0\0\0\0\0\r\n', ''",
    })
    void namesTheProxyThatRefusesOrSendsGarbage(Protocol protocol, String reply, String fact) throws Exception {
        try (ServerSocket proxy = proxy(bytes(reply), true)) {
            assertThatThrownBy(() -> open(tunnel(address(proxy), protocol), LONG))
                    .cause()
                    .hasMessageStartingWith(protocol.text() + " proxy 127.0.0.1:" + proxy.getLocalPort() + ": " + fact);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void namesTheProxyThatClosesTheConnection(Protocol protocol) throws Exception {
        try (ServerSocket proxy = proxy(new byte[0], true)) {
            assertThatThrownBy(() -> open(tunnel(address(proxy), protocol), LONG))
                    .cause()
                    .hasMessage(protocol.text() + " proxy 127.0.0.1:" + proxy.getLocalPort() + ": disconnected");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void doesNotWaitForEverForAProxyThatIsSilent(Protocol protocol) throws Exception {
        try (ServerSocket proxy = proxy(new byte[0], false)) {
            assertThatThrownBy(() -> open(tunnel(address(proxy), protocol), Duration.ofMillis(300)))
                    .cause()
                    .hasMessage(protocol.text() + " proxy 127.0.0.1:" + proxy.getLocalPort() + ": no reply in time");
        }
    }

    /** The codec discards what is behind its bounds, until the time is over. */
    @Test
    void keepsNothingOfAFlood() throws Exception {
        String flood = "HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(100);
        try (ServerSocket proxy = proxy(bytes(flood), false)) {
            assertThatThrownBy(() -> open(tunnel(address(proxy), Protocol.HTTP), Duration.ofMillis(500)))
                    .cause()
                    .hasMessage("http proxy 127.0.0.1:" + proxy.getLocalPort() + ": no reply in time");
        }
    }

    @Test
    void namesBothProxiesOfWhichOneIsSilent() throws Exception {
        try (ServerSocket proxy = proxy(new byte[] {5, 0}, false)) {
            assertThatThrownBy(
                            () -> open(tunnel(address(proxy), Protocol.SOCKS5, Protocol.HTTP), Duration.ofMillis(300)))
                    .cause()
                    .hasMessage("socks5 proxy 127.0.0.1:" + proxy.getLocalPort() + " or http proxy 127.0.0.1:"
                            + proxy.getLocalPort() + ": no reply in time");
        }
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        InetSocketAddress nobody = ClosedPorts.address();

        assertThatThrownBy(() -> open(tunnel(nobody, Protocol.SOCKS5), LONG))
                .cause()
                .hasMessage("socks5 proxy 127.0.0.1:" + nobody.getPort() + ": disconnected");
    }

    @Test
    void needsAProxyWhoseAddressIsKnown() {
        assertThatThrownBy(() -> tunnel(InetSocketAddress.createUnresolved("proxy.test", 1080), Protocol.SOCKS5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tunnel(new InetSocketAddress("127.0.0.1", 1080)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
