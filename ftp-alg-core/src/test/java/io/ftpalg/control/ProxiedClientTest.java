package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionOpened;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.protocol.Cidr;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that a balancer names in a PROXY header: ControlInitializer, ProxyHeaderHandler, SessionDriver. */
@Timeout(60)
class ProxiedClientTest {
    private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.2 40000 21\r\n";
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 40000);

    private static TestNetwork behind(Transport transport, Limits limits, String network, boolean required)
            throws IOException {
        return new TestNetwork(
                transport,
                limits,
                UnaryOperator.identity(),
                new ProxyProtocol(List.of(Cidr.parse(network).orElseThrow()), required, false));
    }

    private static TestNetwork behind(Limits limits, boolean required) throws IOException {
        return behind(Transport.NIO, limits, "127.0.0.0/8", required);
    }

    private static Limits timeout(Duration time) {
        return Limits.builder().set(Limit.Time.PROXY_HEADER_TIMEOUT, time).build();
    }

    private static Talk talk(TestNetwork network, String header) throws IOException {
        Peer client = network.client();
        client.send(header);
        return greeted(network, client);
    }

    private static Talk greeted(TestNetwork network, Peer client) throws IOException {
        Peer server = network.server();
        server.say("220 ready");
        assertThat(client.receive()).isEqualTo("220 ready");
        return new Talk(client, server);
    }

    /** L8. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void knowsTheClientByTheAddressInTheHeader(Transport transport) throws IOException {
        try (TestNetwork network = behind(transport, Limits.defaults(), "127.0.0.0/8", true);
                Talk talk = talk(network, HEADER)) {
            assertThat(network.event(SessionOpened.class).client()).isEqualTo(CLIENT);
            talk.exchange("NOOP", "200 fine");
        }
    }

    @Test
    void readsWhatFollowsInTheSamePacketAsCommands() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Talk talk = talk(network, HEADER + "NOOP\r\n")) {
            assertThat(talk.server().receive()).isEqualTo("NOOP");
        }
    }

    /** Only the address that is named counts, not that of the balancer, from which all come. */
    @Test
    void countsTheAddressThatIsNamed() throws IOException {
        Limits limits = Limits.builder().sessionsPerAddress(1).build();
        try (TestNetwork network = behind(limits, true);
                Talk first = talk(network, HEADER);
                Talk other = talk(network, "PROXY TCP4 192.0.2.8 198.51.100.2 40000 21\r\n");
                Peer second = network.client()) {
            second.send("PROXY TCP4 192.0.2.7 198.51.100.2 40001 21\r\n");

            assertThat(second.receive()).startsWith("421 ");
            assertThat(second.receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionRefused.class).client())
                    .isEqualTo(new InetSocketAddress("192.0.2.7", 40001));
            first.client().reset();
            await().atMost(TestNetwork.PATIENCE).until(() -> network.admission.sessions() == 1);
            try (Talk third = talk(network, HEADER)) {
                third.exchange("NOOP", "200 fine");
            }
            other.exchange("NOOP", "200 fine");
        }
    }

    @Test
    void announcesTheAddressThatTheClientConnectedTo() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Talk talk = talk(network, HEADER)) {
            talk.client().say("USER u");
            assertThat(talk.server().receive()).isEqualTo("USER u");
            talk.server().say("230 in");
            assertThat(talk.client().receive()).isEqualTo("230 in");
            talk.client().say("PASV");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            try (java.net.ServerSocket data = new java.net.ServerSocket(0, 1, TestNetwork.LOCALHOST)) {
                int port = data.getLocalPort();
                talk.server().say("227 here (127,0,0,1," + (port >> 8) + "," + (port & 0xFF) + ")");

                assertThat(talk.client().receive()).startsWith("227 ").contains("198,51,100,2,");
            }
        }
    }

    /** A bounce is what is not the named client's. */
    @Test
    void checksPortAgainstTheAddressThatIsNamed() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Talk talk = talk(network, HEADER)) {
            talk.client().say("USER u");
            assertThat(talk.server().receive()).isEqualTo("USER u");
            talk.server().say("230 in");
            assertThat(talk.client().receive()).isEqualTo("230 in");

            talk.client().say("PORT 127,0,0,1,100,1");

            assertThat(talk.client().receive()).startsWith("50");
            assertThat(network.event(Rejected.class).peer()).isEqualTo(CLIENT);
            talk.client().say("PORT 192,0,2,7,100,1");
            assertThat(talk.server().receive()).startsWith("PORT 127,0,0,1,");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n \0\0\0"})
    void knowsTheSenderItselfByALocalHeader(String header) throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Talk talk = talk(network, header)) {
            assertThat(network.event(SessionOpened.class).client())
                    .isEqualTo(talk.client().socket.getLocalSocketAddress());
        }
    }

    /** CVE-2019-14243: whoever may name another address may be anybody. */
    @ParameterizedTest
    @ValueSource(strings = {HEADER, "\r\n\r\n\0\r\nQUIT\n!\u0011\0\f\u00c0\0\2\7\u00c63d\2\u009c@\0\25"})
    void takesAHeaderFromElsewhereAsABadCommand(String header) throws IOException {
        try (TestNetwork network = behind(Transport.NIO, Limits.defaults(), "10.0.0.0/8", true);
                Talk talk = greeted(network, network.client())) {
            talk.client().send(header);

            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            SessionClosed closed = network.event(SessionClosed.class);
            assertThat(closed.cause()).isEqualTo(CloseCause.NOT_FTP);
            assertThat(closed.client()).isEqualTo(talk.client().socket.getLocalSocketAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 198.51.100.2 40000\r\n",
                "PROXY TCP4 0.0.0.0 198.51.100.2 40000 21\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0012\0\f\u00c0\0\2\7\u00c63d\2\u009c@\0\25"
            })
    void closesOnABrokenHeaderWithoutAReply(String header) throws IOException {
        for (boolean required : List.of(true, false)) {
            try (TestNetwork network = behind(Limits.defaults(), required);
                    Peer client = network.client()) {
                client.send(header + "NOOP\r\n");

                assertThat(end(client)).isEqualTo(Peer.END);
                SessionRefused refused = network.event(SessionRefused.class);
                assertThat(refused.cause()).isEqualTo(CloseCause.BAD_PROXY_HEADER);
                assertThat(refused.client()).isEqualTo(client.socket.getLocalSocketAddress());
            }
        }
    }

    @Test
    void closesOnAnEndlessHeader() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Peer client = network.client()) {
            client.send("PROXY " + "x".repeat(600));

            assertThat(end(client)).isEqualTo(Peer.END);
            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.BAD_PROXY_HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER joe\r\n", "\26\3\1\2\0"})
    void closesIfThereIsNoHeaderAndOneIsRequired(String bytes) throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Peer client = network.client()) {
            client.send(bytes);

            assertThat(end(client)).isEqualTo(Peer.END);
            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.NO_PROXY_HEADER);
        }
    }

    @Test
    void closesIfNoHeaderComesInTime() throws IOException {
        try (TestNetwork network = behind(timeout(Duration.ofMillis(100)), true);
                Peer silent = network.client()) {
            assertThat(end(silent)).isEqualTo(Peer.END);
            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.NO_PROXY_HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 192.0.2", "PRO", "\r\n\r\n\0\r\nQUIT\n!"})
    void closesIfAHeaderIsNotCompleteInTime(String part) throws IOException {
        for (boolean required : List.of(true, false)) {
            try (TestNetwork network = behind(timeout(Duration.ofMillis(500)), required);
                    Peer slow = network.client()) {
                slow.send(part);

                assertThat(end(slow)).isEqualTo(Peer.END);
                assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.BAD_PROXY_HEADER);
            }
        }
    }

    @Test
    void servesAConnectionWithoutAHeaderIfNoneIsRequired() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), false);
                Talk hasty = talk(network, "NOOP\r\n")) {
            assertThat(hasty.server().receive()).isEqualTo("NOOP");
            assertThat(network.event(SessionOpened.class).client())
                    .isEqualTo(hasty.client().socket.getLocalSocketAddress());
        }
        try (TestNetwork network = behind(timeout(Duration.ofMillis(100)), false);
                Talk silent = greeted(network, network.client())) {
            silent.exchange("NOOP", "200 fine");
        }
    }

    /** What a health check of a balancer is that only connects. */
    @Test
    void reportsNothingOfAConnectionThatEndsBeforeItsHeader() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true)) {
            network.client().close();
            network.client().reset();
            Peer half = network.client();
            half.send("PRO");
            half.socket.shutdownOutput();
            assertThat(end(half)).isEqualTo(Peer.END);
            half.close();

            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> network.accepted.size() == 3
                            && network.accepted.stream().noneMatch(channel -> channel.isOpen()));
            assertThat(network.heard).isEmpty();
        }
    }

    /** Flood of slow headers: as many are awaited as there may be sessions; the next is reset. */
    @Test
    void awaitsAsManyHeadersAsThereMayBeSessions() throws IOException {
        Limits limits = Limits.builder().sessions(3).build();
        List<Peer> slow = new ArrayList<>();
        try (TestNetwork network = behind(limits, true);
                Talk talk = talk(network, HEADER)) {
            for (int i = 0; i < 2; i++) {
                slow.add(network.client());
                slow.get(i).send("PROXY TCP4");
            }
            try (Peer beyond = network.client()) {
                assertThat(end(beyond)).isEqualTo(Peer.END);
            }
            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.SESSION_LIMIT);
            slow.get(0).close();
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> network.accepted.stream()
                                    .filter(channel -> channel.isOpen())
                                    .count()
                            == 2);

            try (Talk next = talk(network, "PROXY TCP4 192.0.2.8 198.51.100.2 40000 21\r\n")) {
                next.exchange("NOOP", "200 fine");
            }
            talk.exchange("NOOP", "200 fine");
        } finally {
            for (Peer peer : slow) {
                peer.close();
            }
        }
    }

    @Test
    void endsASessionWhoseClientHasEndedBehindTheHeader() throws IOException {
        try (TestNetwork network = behind(Limits.defaults(), true);
                Peer client = network.client()) {
            client.send(HEADER + "QUIT\r\n");
            client.socket.shutdownOutput();
            try (Peer server = network.server()) {
                server.say("220 ready");
                assertThat(client.receive()).isEqualTo("220 ready");
                assertThat(server.receive()).isEqualTo("QUIT");
            }
        }
    }

    /** Returns what the client receives first; a connection that is closed with bytes unread is reset. */
    private static String end(Peer client) throws IOException {
        try {
            return client.receive();
        } catch (SocketException e) {
            return Peer.END;
        }
    }
}
