package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.tls.GatewayTls;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionTransparent;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.routing.Routers;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TransparentHandlerTest {
    private static final ClientTls PASSED_ON =
            new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);

    private static TestNetwork network(Transport transport) throws IOException {
        return new TestNetwork(
                transport,
                Limits.defaults(),
                PassivePorts.ephemeral(),
                server -> Routers.fixed(
                        new HostPort("127.0.0.1", server.getLocalPort()), ServerDataMode.CLIENT, Optional.empty()),
                PASSED_ON,
                handshakes -> GatewayTls.NONE);
    }

    private static Talk joined(TestNetwork network) throws IOException {
        Talk talk = network.talk();
        talk.exchange("AUTH TLS", "234 go");
        network.event(SessionTransparent.class);
        return talk;
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void letsTheClientHaveTlsWithTheServerItself(Transport transport) throws IOException {
        try (TestNetwork network = network(transport);
                Talk talk = joined(network)) {
            CompletableFuture<Peer> server = CompletableFuture.supplyAsync(() -> {
                try {
                    Peer secured = TlsKind.server(talk.server(), TlsKind.peers(TlsKind.LEAF));
                    assertThat(secured.receive()).isEqualTo("USER u");
                    secured.say("331 now");
                    return secured;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            Peer client = TlsKind.client(talk.client());
            client.say("USER u");

            assertThat(client.receive()).isEqualTo("331 now");
            TestNetwork.soon(server);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void deliversAllThatCameBeforeTheClientsFin(Transport transport) throws IOException {
        try (TestNetwork network = network(transport);
                Talk talk = joined(network)) {
            byte[] bytes = new byte[8 << 20];
            Arrays.fill(bytes, (byte) 'x');
            CompletableFuture<Void> sending = send(talk.client(), bytes, true);

            assertThat(talk.server().socket.getInputStream().readAllBytes()).hasSize(bytes.length);
            TestNetwork.soon(sending);
            talk.server().say("221 bye");
            assertThat(talk.client().receive()).isEqualTo("221 bye");
        }
    }

    private static CompletableFuture<Void> send(Peer peer, byte[] bytes, boolean end) {
        return CompletableFuture.runAsync(() -> {
            try {
                peer.socket.getOutputStream().write(bytes);
                if (end) {
                    peer.socket.shutdownOutput();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void deliversAllThatCameBeforeTheServersFin(Transport transport) throws IOException {
        try (TestNetwork network = network(transport);
                Talk talk = joined(network)) {
            byte[] bytes = new byte[8 << 20];
            CompletableFuture<Void> sending = send(talk.server(), bytes, true);

            assertThat(talk.client().socket.getInputStream().readAllBytes()).hasSize(bytes.length);
            TestNetwork.soon(sending);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SERVER_LOST);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void holdsBackWhoeverIsNotRead(Transport transport) throws IOException {
        try (TestNetwork network = network(transport);
                Talk talk = joined(network)) {
            byte[] bytes = new byte[32 << 20];
            CompletableFuture<Void> sending = send(talk.server(), bytes, false);
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> !network.accepted.get(0).isWritable());

            long waiting = network.call(
                    () -> network.accepted.get(0).unsafe().outboundBuffer().totalPendingWriteBytes());

            assertThat(waiting).isLessThan(4 << 20);
            assertThat(sending).isNotDone();
            assertThat(talk.client().socket.getInputStream().readNBytes(bytes.length))
                    .hasSize(bytes.length);
            TestNetwork.soon(sending);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER root\r\n", "US"})
    void joinsNobodyWhoSaidMoreThanAuth(String injected) throws IOException {
        try (TestNetwork network = network(Transport.NIO);
                Talk talk = network.talk()) {
            talk.client().send("AUTH TLS\r\n" + injected);
            assertThat(talk.server().receive()).isEqualTo("AUTH TLS");

            talk.server().say("234 go");

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_INJECTION);
            assertThat(talk.server().receive()).as("nothing of it").isEqualTo(Peer.END);
        }
    }

    @Test
    void joinsNoServerThatSaidMoreThanItsAnswer() throws IOException {
        try (TestNetwork network = network(Transport.NIO);
                Talk talk = network.talk()) {
            talk.client().say("AUTH TLS");
            assertThat(talk.server().receive()).isEqualTo("AUTH TLS");

            talk.server().send("234 go\r\n230 in\r\n");

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_INJECTION);
        }
    }

    @Test
    void tellsItsEndOnce() throws IOException {
        try (TestNetwork network = network(Transport.NIO);
                Talk talk = joined(network)) {
            talk.client().reset();

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CLIENT_LOST);
            assertThat(talk.server().receive()).isEqualTo(Peer.END);
            await().atMost(TestNetwork.PATIENCE).until(() -> network.sessions.size() == 0);
            assertThat(network.heard.stream().filter(SessionClosed.class::isInstance))
                    .hasSize(1);
        }
    }
}
