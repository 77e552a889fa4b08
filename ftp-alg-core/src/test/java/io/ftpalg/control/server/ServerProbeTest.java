package io.ftpalg.control.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.BlackHole;
import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.route.RouterContext.Probe;
import io.ftpalg.policy.route.SendProxy;
import io.ftpalg.policy.route.Via;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.ftpalg.control.net.TransportTest#available")
@Timeout(20)
class ServerProbeTest {
    private static final Duration LONG = Duration.ofSeconds(8);

    private final TestNetwork network;

    ServerProbeTest(Transport transport) throws IOException {
        network = new TestNetwork(transport);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void tcpIsContentWithAConnectionAndEndsIt() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.TCP, LONG);

        try (Peer server = network.server()) {
            TestNetwork.soon(probe);
            assertThat(server.receive()).isEqualTo(Peer.END);
            server.say("220 too late");
        }
    }

    @Test
    void tellsNothingOfAServerWhereNoSocketCanBeMade() {
        CompletableFuture<Void> probe = ServerProbe.of(
                network.gateway,
                network.loop,
                family -> () -> {
                    throw new ChannelException("too many open files");
                },
                (InetSocketAddress) network.server.getLocalSocketAddress(),
                Probe.TCP,
                LONG,
                Optional.empty(),
                Via.NONE,
                Optional.empty());

        assertThatThrownBy(() -> probe.get(8, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void greetingWaitsFor220AndSaysQuit() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, LONG);

        try (Peer server = network.server()) {
            server.say("120 soon", "220-welcome", "421 is not the end of it");
            assertThat(probe).isNotDone();
            server.say("220 ready");
            TestNetwork.soon(probe);
            assertThat(server.receive()).isEqualTo("QUIT");
            server.say("221 bye");
            assertThat(server.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void greetingTellsOfARefusal() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, LONG);

        try (Peer server = network.server()) {
            server.say("421 too many users");
            fails(probe, "its greeting is 421 too many users");
            assertThat(server.receive()).isEqualTo("QUIT");
            assertThat(server.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void greetingTellsThatThereWasNone() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, LONG);

        network.server().close();

        fails(probe, "before its greeting");
    }

    @Test
    void greetingTellsThatItWasReset() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, LONG);

        network.server().reset();

        fails(probe, "");
    }

    @Test
    void greetingTellsThatItIsNotFtp() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, LONG);

        try (Peer server = network.server()) {
            server.say("no reply\r\n".repeat(51).stripTrailing());
            fails(probe, "not FTP");
            assertThat(server.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void givesUpAServerThatIsSilentInTime() throws IOException {
        CompletableFuture<Void> probe = probe(Probe.GREETING, Duration.ofMillis(100));

        try (Peer server = network.server()) {
            fails(probe, "within 100 ms");
            assertThat(server.receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void givesUpAServerThatDoesNotAcceptInTime() throws IOException {
        try (BlackHole hole = new BlackHole()) {
            fails(probe(hole.address(), Probe.TCP, Duration.ofMillis(100), Optional.empty()), "100 ms");
        }
    }

    @Test
    void tellsThatNobodyAccepts() throws IOException {
        CompletableFuture<Void> probe = probe(TestNetwork.nobody(), Probe.TCP, LONG, Optional.empty());

        assertThatThrownBy(() -> probe.get(8, TimeUnit.SECONDS)).hasMessageMatching("(?is).*refused.*");
    }

    @Test
    void comesFromTheSourceAddress() throws IOException {
        InetAddress source = IpLiteral.of(new byte[] {127, 0, 0, 7});

        TestNetwork.soon(probe(
                (InetSocketAddress) network.server.getLocalSocketAddress(), Probe.TCP, LONG, Optional.of(source)));

        try (Peer server = network.server()) {
            assertThat(server.socket.getInetAddress()).isEqualTo(source);
        }
    }

    @Test
    void doesNotLookAtTheGatewayItself() {
        fails(probe(network.address(), Probe.GREETING, LONG, Optional.empty()), "listener of this gateway");

        assertThat(network.accepted).isEmpty();
    }

    @Test
    void isNoSessionAndLeavesNothingBehindInAdmission() throws IOException {
        TestNetwork.soon(probe(Probe.TCP, LONG));

        try (Peer server = network.server()) {
            InetSocketAddress own = (InetSocketAddress) server.socket.getRemoteSocketAddress();
            assertThat(network.admission.sessions()).isZero();
            assertThat(network.admission.enter(own, 0)).isEmpty();
            network.admission.leave(own);
        }
    }

    /** L8: a server behind a balancer that accepts headers would wait for one. */
    @ParameterizedTest
    @CsvSource({"V1, GREETING", "V1, TCP", "V2, GREETING"})
    void beginsWithAHeaderThatNamesNobody(SendProxy.Version version, Probe how) throws IOException {
        CompletableFuture<Void> probe = ServerProbe.of(
                network.gateway,
                network.loop,
                (InetSocketAddress) network.server.getLocalSocketAddress(),
                how,
                LONG,
                Optional.empty(),
                Via.NONE,
                Optional.of(SendProxy.of(version)));

        try (Peer server = network.server()) {
            byte[] header = server.socket.getInputStream().readNBytes(version == SendProxy.Version.V1 ? 15 : 16);
            assertThat(HexFormat.of().formatHex(header))
                    .isEqualTo(
                            version == SendProxy.Version.V1
                                    ? HexFormat.of().formatHex("PROXY UNKNOWN\r\n".getBytes(ISO_8859_1))
                                    : "0d0a0d0a000d0a515549540a20000000");
            if (how == Probe.GREETING) {
                server.say("220 ready");
                assertThat(server.receive()).isEqualTo("QUIT");
            }
            TestNetwork.soon(probe);
            assertThat(server.receive()).isEqualTo(Peer.END);
        }
    }

    private CompletableFuture<Void> probe(Probe how, Duration timeout) {
        return probe((InetSocketAddress) network.server.getLocalSocketAddress(), how, timeout, Optional.empty());
    }

    private CompletableFuture<Void> probe(
            InetSocketAddress server, Probe how, Duration timeout, Optional<InetAddress> source) {
        return ServerProbe.of(network.gateway, network.loop, server, how, timeout, source, Via.NONE, Optional.empty());
    }

    private static void fails(CompletableFuture<Void> probe, String reason) {
        assertThatThrownBy(() -> probe.get(8, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }
}
