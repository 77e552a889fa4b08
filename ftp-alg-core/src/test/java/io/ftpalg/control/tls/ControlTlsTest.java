package io.ftpalg.control.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.codec.FtpReplyDecoder;
import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.TlsKind;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener.SessionSecured;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.SessionActions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's side of a session's TLS, with a server of the JDK; data connections are told from others by it. */
@Timeout(30)
class ControlTlsTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void resumesOnDataTheSessionOfItsOwnControlConnection(TlsKind kind) throws IOException {
        SSLContext server = TlsKind.peers(TlsKind.LEAF);
        try (TestNetwork network = new TestNetwork(kind, ClientTls.NONE, Limits.defaults(), ServerTls.implicitly())) {
            Leg one = new Leg(network, 1, server);
            Leg other = new Leg(network, 2, server);

            Data ofOne = one.data(server);
            Data ofOther = other.data(server);

            assertThat(ofOne.refusal()).isEmpty();
            assertThat(ofOther.refusal()).isEmpty();
            assertThat(ofOne.resumed()).contains(true);
            assertThat(ofOther.resumed()).contains(true);
            if (kind.version().equals("TLSv1.2")) {
                assertThat(ofOne.seenByServer().getId()).isEqualTo(one.seenByServer.getId());
                assertThat(ofOther.seenByServer().getId()).isEqualTo(other.seenByServer.getId());
            }
            one.close();
            other.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void refusesADataConnectionOfAnotherServer(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.NONE, Limits.defaults(), ServerTls.implicitly())) {
            Leg leg = new Leg(network, 1, TlsKind.peers(TlsKind.LEAF));

            Data data = leg.data(TlsKind.peers(TlsKind.OTHER_LEAF));

            assertThat(data.refusal())
                    .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.CERTIFICATE));
            leg.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void forgetsTheServersSessionWhenItIsOver(TlsKind kind) throws IOException {
        SSLContext server = TlsKind.peers(TlsKind.LEAF);
        try (TestNetwork network = new TestNetwork(kind, ClientTls.NONE, Limits.defaults(), ServerTls.implicitly())) {
            Leg first = new Leg(network, 1, server);
            SSLSession made = network.call(() ->
                    first.channel.pipeline().get(SslHandler.class).engine().getSession());
            first.close();
            assertThat(made.isValid()).isFalse();

            Leg second = new Leg(network, 1, server);

            assertThat(second.resumed()).contains(false);
            second.close();
        }
    }

    /** The end of a connection is told at once, so that the session may be with the next server when TLS is said to have failed. */
    @Test
    void saysNothingOfAServerThatTheSessionHasLeft() throws IOException {
        try (TestNetwork network =
                new TestNetwork(TlsKind.jdk(), ClientTls.NONE, Limits.defaults(), ServerTls.implicitly())) {
            ControlTls tls = tls(network, 1);
            CompletableFuture<Void> left = new CompletableFuture<>();
            SocketChannel channel = dial(network, new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel made) {
                    made.pipeline()
                            .addLast("decoder", new FtpReplyDecoder(1_000, 10, 10_000, true))
                            .addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelInactive(ChannelHandlerContext ctx) {
                                    tls.forgetServer();
                                    left.complete(null);
                                }
                            });
                }
            });
            network.run(() -> tls.startServer(channel, ServerTls.implicitly(), channel.remoteAddress()));

            try (Peer server = network.server()) {
                server.socket.shutdownOutput();
                TestNetwork.soon(left);
            }

            network.run(() -> {});
            assertThat(network.heard).isEmpty();
        }
    }

    private static ControlTls tls(TestNetwork network, long id) {
        FtpSession session =
                new FtpSession(id, network.address(), network.address(), network.gateway.settings(), deaf());
        return new ControlTls(
                session, network.gateway.settings(), network.gateway.tls(), network.loop, id, Runnable::run);
    }

    private record Data(Optional<TlsFailure> refusal, Optional<Boolean> resumed, SSLSession seenByServer) {}

    /** A control connection under TLS, its greeting read by nobody, and what is dialled for it. */
    private static final class Leg {
        private final TestNetwork network;
        private final ControlTls tls;
        private final SocketChannel channel;
        private final SSLSession seenByServer;

        Leg(TestNetwork network, long id, SSLContext server) throws IOException {
            this.network = network;
            network.heard.clear();
            channel = dial(network, new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel made) {
                    made.pipeline()
                            .addLast("decoder", new FtpReplyDecoder(1_000, 10, 10_000, true))
                            .addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(ChannelHandlerContext ctx, Object line) {
                                    network.heard.add(new Line(line));
                                }
                            });
                }
            });
            tls = tls(network, id);
            CompletableFuture<SSLSession> accepted = serve(network, server);
            network.run(() -> tls.startServer(channel, ServerTls.implicitly(), channel.remoteAddress()));
            seenByServer = TestNetwork.soon(accepted);
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> network.heard.stream().anyMatch(Line.class::isInstance));
        }

        Optional<Boolean> resumed() {
            return network.event(SessionSecured.class).tls().resumed();
        }

        /** A data connection, which the server greets so that TLS 1.3 tickets come with it. */
        Data data(SSLContext server) throws IOException {
            CompletableFuture<SSLSession> accepted = serve(network, server);
            DataTls leg = (DataTls) network.call(() -> tls.leg(Side.SERVER));
            ResumptionWatch watch = new ResumptionWatch(true);
            SocketChannel made = dial(network, new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel data) {
                    data.pipeline().addLast(watch, leg.observer().orElseThrow(), leg.handler(data.alloc()));
                }
            });
            SslHandler handler = made.pipeline().get(SslHandler.class);
            assertThat(handler.handshakeFuture().awaitUninterruptibly(8_000)).isTrue();
            assertThat(handler.handshakeFuture().cause()).isNull();
            SSLSession seen = TestNetwork.soon(accepted);
            Optional<TlsFailure> refusal = network.call(() -> leg.refusal(handler));
            made.close().syncUninterruptibly();
            return new Data(refusal, watch.resumed(), seen);
        }

        void close() {
            network.run(tls::close);
            channel.close().syncUninterruptibly();
        }
    }

    private record Line(Object said) {}

    private static SocketChannel dial(TestNetwork network, ChannelHandler handler) {
        Channel channel = new Bootstrap()
                .group(network.loop)
                .channelFactory(Transport.NIO.controlSockets(TestNetwork.LOCALHOST))
                .handler(handler)
                .connect(network.server.getLocalSocketAddress())
                .syncUninterruptibly()
                .channel();
        return (SocketChannel) channel;
    }

    /** Takes the next connection, shakes hands and greets. */
    private static CompletableFuture<SSLSession> serve(TestNetwork network, SSLContext context) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Peer peer = TlsKind.server(network.server(), context);
                peer.say("220 ready");
                return ((SSLSocket) peer.socket).getSession();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Hears no wish. */
    private static SessionActions deaf() {
        return (SessionActions) Proxy.newProxyInstance(
                SessionActions.class.getClassLoader(),
                new Class<?>[] {SessionActions.class},
                (port, wish, arguments) -> switch (wish.getName()) {
                    case "nanoTime" -> 0L;
                    case "schedule" -> (SessionActions.Scheduled) () -> {};
                    default -> null;
                });
    }
}
