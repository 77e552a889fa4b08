package io.ftpalg.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.net.Transport;
import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.SessionSecured;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.routing.RouteOptions;
import io.ftpalg.routing.RouteOptionsDecorator;
import io.ftpalg.routing.Routers;
import io.ftpalg.tls.ClientTlsContexts;
import io.ftpalg.tls.ServerTlsContexts;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Control connections to servers that begin with a PROXY header: ServerInitializer, ClientEnds. */
@Timeout(60)
class SendProxySessionTest {

    private static TestNetwork network(Transport transport, SendProxy header, ClientTls clientTls, ServerTls serverTls)
            throws IOException {
        return new TestNetwork(
                transport,
                Limits.defaults(),
                PassivePorts.ephemeral(),
                server -> new RouteOptionsDecorator(
                        Routers.fixed(
                                new HostPort("127.0.0.1", server.getLocalPort()),
                                ServerDataMode.CLIENT,
                                Optional.empty(),
                                serverTls),
                        RouteOptions.DEFAULT.withSendProxy(Optional.of(header))),
                clientTls,
                SendProxySessionTest::tls);
    }

    private static GatewayTls tls(Executor handshakes) {
        try {
            return new GatewayTls(
                    Optional.of(ClientTlsContexts.of(SslContextBuilder.forServer(TlsKind.LEAF.toKeyManagerFactory())
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .trustManager(TlsKind.CA.getCertificate())
                            .clientAuth(ClientAuth.OPTIONAL)
                            .build())),
                    Optional.of(ServerTlsContexts.of(TlsKind.jdk().forServers())),
                    handshakes);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String line(Peer client) {
        InetSocketAddress from = (InetSocketAddress) client.socket.getLocalSocketAddress();
        InetSocketAddress to = (InetSocketAddress) client.socket.getRemoteSocketAddress();
        return "PROXY TCP4 " + IpLiteral.format(from.getAddress()) + ' ' + IpLiteral.format(to.getAddress()) + ' '
                + from.getPort() + ' ' + to.getPort();
    }

    /** L8: before the server greets. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void nameTheClientAndWhatItConnectedTo(Transport transport) throws IOException {
        try (TestNetwork network =
                        network(transport, SendProxy.of(SendProxy.Version.V1), ClientTls.NONE, ServerTls.OFF);
                Peer client = network.client();
                Peer server = network.server()) {
            assertThat(server.receive()).isEqualTo(line(client));
            server.say("220 ready");
            assertThat(client.receive()).isEqualTo("220 ready");
            client.say("NOOP");
            assertThat(server.receive()).isEqualTo("NOOP");
        }
    }

    @Test
    void sendTheHeaderBeforeTls() throws IOException {
        try (TestNetwork network = network(
                        Transport.NIO, SendProxy.of(SendProxy.Version.V1), ClientTls.NONE, ServerTls.implicitly());
                Peer client = network.client();
                Peer clear = network.server()) {
            assertThat(clear.receive()).isEqualTo(line(client));
            try (Peer server = TlsKind.server(clear, TlsKind.peers(TlsKind.LEAF))) {
                server.say("220 ready");
                assertThat(server.receive()).isEqualTo("PBSZ 0");
            }
        }
    }

    @Test
    void haveWhatIsKnownOfTheClientsTls() throws IOException {
        SendProxy all = new SendProxy(SendProxy.Version.V2, false, EnumSet.allOf(SendProxy.Tlv.class));
        try (TestNetwork network = network(Transport.NIO, all, ClientTls.OPTIONAL.implicitly(), ServerTls.OFF);
                Peer client = TlsKind.client(network.client());
                Peer server = network.server()) {
            Map<Integer, String> tlvs = tlvs(server);

            assertThat(client.socket.isConnected()).isTrue();
            SessionSecured secured = network.event(SessionSecured.class);
            assertThat(tlvs)
                    .containsEntry(0x02, TlsKind.NAME)
                    .containsEntry(0x05, String.valueOf(secured.session()))
                    .containsEntry(0x21, "TLSv1.3")
                    .containsEntry(0x22, "client")
                    .containsEntry(0x23, secured.tls().cipher());
        }
    }

    @Test
    void haveOnlyThePartsThatAreAskedFor() throws IOException {
        SendProxy one = new SendProxy(SendProxy.Version.V2, false, Set.of(SendProxy.Tlv.AUTHORITY));
        try (TestNetwork network = network(Transport.NIO, one, ClientTls.OPTIONAL.implicitly(), ServerTls.OFF);
                Peer client = TlsKind.client(network.client());
                Peer server = network.server()) {
            assertThat(tlvs(server)).containsExactly(Map.entry(0x02, TlsKind.NAME));
            assertThat(client.socket.isConnected()).isTrue();
        }
    }

    /** The server is connected to before the client asks for TLS. */
    @Test
    void haveNoTlsThatComesLater() throws IOException {
        SendProxy all = new SendProxy(SendProxy.Version.V2, false, EnumSet.allOf(SendProxy.Tlv.class));
        try (TestNetwork network = network(Transport.NIO, all, ClientTls.OPTIONAL, ServerTls.OFF);
                Peer client = network.client();
                Peer server = network.server()) {
            assertThat(tlvs(server)).containsOnlyKeys(0x05);
            assertThat(client.socket.isConnected()).isTrue();
        }
    }

    private static Map<Integer, String> tlvs(Peer server) throws IOException {
        byte[] start = server.socket.getInputStream().readNBytes(16);
        byte[] rest = server.socket.getInputStream().readNBytes((start[14] & 0xFF) << 8 | start[15] & 0xFF);
        EmbeddedChannel decoder = new EmbeddedChannel(new HAProxyMessageDecoder());
        decoder.writeInbound(Unpooled.wrappedBuffer(start, rest));
        HAProxyMessage message = decoder.readInbound();
        Map<Integer, String> all = new LinkedHashMap<>();
        for (HAProxyTLV tlv : message.tlvs()) {
            all.put((int) tlv.typeByteValue(), tlv.content().toString(ISO_8859_1));
        }
        message.release();
        decoder.finishAndReleaseAll();
        return all;
    }
}
