package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.Descriptors;
import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.ftpalg.control.shared.Admission;
import io.ftpalg.control.shared.DescriptorReserve;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.SessionCounts;
import io.ftpalg.control.shared.SharedGatewayState;
import io.ftpalg.policy.AlgListener.SessionOpened;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
public class ControlInitializerTest {

    @Test
    void putsTheSessionBehindTheCodec() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            assertThat(network.accepted.get(0).pipeline().names())
                    .containsSubsequence("decoder", "encoder", "lineTimeout", "session");
            talk.exchange("NOOP", "200 fine");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void saysThatItIsFull(Transport transport) throws IOException {
        Limits limits = Limits.builder().sessions(1).build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk();
                Peer second = network.client()) {
            assertThat(second.receive()).isEqualTo("421 Too many connections, try again later.");
            assertThat(second.receive()).isEqualTo(Peer.END);
            SessionRefused refused = network.event(SessionRefused.class);
            assertThat(refused.cause()).isEqualTo(CloseCause.SESSION_LIMIT);
            assertThat(refused.client()).isEqualTo(second.socket.getLocalSocketAddress());
            talk.exchange("NOOP", "200 not disturbed");
        }
    }

    @Test
    void saysWhatTheGateSaysAndDoesNotCountWhomItRefuses() throws IOException {
        Limits limits = Limits.builder().newSessionsPerSecond(1).build();
        try (TestNetwork network = new TestNetwork(Transport.NIO, limits)) {
            network.gateSays = Optional.of(new FtpReply(421, List.of("Closed", " until", "tomorrow.")));
            for (int i = 0; i < 3; i++) {
                try (Peer client = network.client()) {
                    assertThat(List.of(client.receive(), client.receive(), client.receive(), client.receive()))
                            .containsExactly("421-Closed", " until", "421 tomorrow.", Peer.END);
                }
            }
            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.REFUSED_BY_GATE);

            network.gateSays = Optional.empty();

            try (Talk talk = network.talk()) {
                talk.exchange("NOOP", "200 fine");
            }
        }
    }

    @Test
    void doesNotAskTheGateOnceItStops() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            network.gateSays = Optional.of(FtpReply.of(421, "Closed."));
            network.admission.stop();

            try (Peer late = network.client()) {
                assertThat(late.receive()).isEqualTo("421 The gateway is shutting down.");
            }
        }
    }

    @Test
    void givesThePlaceBackWhenTheClientIsGone() throws IOException {
        Limits limits = Limits.builder().sessions(1).build();
        try (TestNetwork network = new TestNetwork(Transport.NIO, limits)) {
            try (Talk first = network.talk()) {
                first.client().reset();
                await().atMost(TestNetwork.PATIENCE).until(() -> network.admission.sessions() == 0);
            }

            try (Talk second = network.talk()) {
                second.exchange("NOOP", "200 fine");
            }
        }
    }

    @Test
    void saysThatItStops() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO)) {
            network.admission.stop();

            try (Peer late = network.client()) {
                assertThat(late.receive()).isEqualTo("421 The gateway is shutting down.");
                assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.SHUTDOWN);
            }
        }
    }

    /** As if the first one had retired, and lost its last session, between the look at it and the count. */
    @Test
    void findsTheNextGatewayIfTheFirstHasEnded() throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Transport.NIO.loops());
        try (TestNetwork ended = new TestNetwork(Transport.NIO);
                TestNetwork next = new TestNetwork(Transport.NIO)) {
            ended.sessions.retire();
            Iterator<Gateway> receivers = List.of(ended.gateway, next.gateway).iterator();
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channelFactory(Transport.NIO.controlListeners())
                    .childHandler(new ControlInitializer(receivers::next))
                    .bind(new InetSocketAddress(TestNetwork.LOCALHOST, 0))
                    .syncUninterruptibly()
                    .channel();

            try (Peer client = Peer.connect((InetSocketAddress) listener.localAddress());
                    Talk talk = new Talk(client, next.server())) {
                talk.server().say("220 next");

                assertThat(client.receive()).isEqualTo("220 next");
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** A client that talks first, as attackers and some scripts do, must read why it is turned away. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void isReadByARefusedClientThatTalksFirst(Transport transport) throws IOException {
        Limits limits = Limits.builder().sessions(1).newSessionsPerSecond(1000).build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            for (int i = 0; i < 50; i++) {
                try (Peer hasty = network.client()) {
                    hasty.say("USER u", "PASS p");

                    assertThat(hasty.receive()).startsWith("421 ");
                    assertThat(hasty.receive()).isEqualTo(Peer.END);
                }
            }
            talk.exchange("NOOP", "200 fine");
        }
    }

    /** 64 clients that read nothing and do not close, beyond a limit of one: eight may read why, the others are reset. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void keepsFewRefusedClientsOfOneAddressAndServesOthers(Transport transport) throws IOException {
        assumeThat(Descriptors.known()).isTrue();
        Limits limits = Limits.builder()
                .sessionsPerAddress(1)
                .newSessionsPerSecond(1000)
                .closeGrace(Duration.ofSeconds(60))
                .build();
        List<Peer> greedy = new ArrayList<>();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            long before = Descriptors.count("socket");
            for (int i = 0; i < 8; i++) {
                greedy.add(network.client());
            }
            for (int i = 8; i < 64; i++) {
                assertReset(network.address(), greedy);
            }
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> network.heard.stream()
                                    .filter(SessionRefused.class::isInstance)
                                    .count()
                            == 64);

            await().atMost(TestNetwork.PATIENCE).untilAsserted(() -> assertThat(Descriptors.count("socket") - before)
                    .as("their ends and ours")
                    .isEqualTo(greedy.size() + 8));
            assertThat(network.neighbours.refusedClients().count()).isEqualTo(8);
            assertThat(greedy.get(7).receive()).startsWith("421 ");
            assertDownloads(network, "127.0.0.2");
            talk.exchange("NOOP", "200 fine");

            for (Peer client : greedy) {
                client.close();
            }
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> network.neighbours.refusedClients().count() == 0);
        }
    }

    /** As if the process might have only ten descriptors more than it has, besides those of the reserve. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"EPOLL", "IO_URING"})
    void keepsDescriptorsForTheSessionsThereAre(Transport transport) throws IOException {
        assumeThat(TransportTest.available()).contains(transport);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.loops());
        List<Peer> clients = new ArrayList<>();
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            int free = ((UnixChannel) network.accepted.get(0)).fd().intValue();
            DescriptorReserve reserve = reserveFrom(free + 20);
            Gateway full = withAdmission(
                    network.gateway,
                    new Admission(Limits.defaults(), new SessionCounts(), new SharedGatewayState(reserve)));
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channelFactory(transport.controlListeners())
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childHandler(new ControlInitializer(() -> full))
                    .bind(new InetSocketAddress(TestNetwork.LOCALHOST, 0))
                    .syncUninterruptibly()
                    .channel();

            // Each of them and its session's sockets have more than one: the last one has got the first of the reserve.
            int sessions = 0;
            while (network.heard.stream().noneMatch(SessionRefused.class::isInstance) && sessions++ < 40) {
                connect((InetSocketAddress) listener.localAddress(), clients);
                int expected = 1 + sessions;
                await().atMost(TestNetwork.PATIENCE)
                        .until(() -> network.heard.stream()
                                        .filter(event ->
                                                event instanceof SessionOpened || event instanceof SessionRefused)
                                        .count()
                                == expected);
            }

            assertThat(network.event(SessionRefused.class).cause()).isEqualTo(CloseCause.NO_SOCKET);
            assertThat(sessions).isBetween(2, 20);
            assertReset((InetSocketAddress) listener.localAddress(), clients);
            talk.exchange("NOOP", "200 fine");
            listener.close().syncUninterruptibly();
        } finally {
            for (Peer client : clients) {
                client.close();
            }
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** A client may be reset before it knows that it is connected. */
    private static Optional<Peer> connect(InetSocketAddress to, List<Peer> peers) throws IOException {
        try {
            Peer peer = Peer.connect(to);
            peers.add(peer);
            return Optional.of(peer);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static void assertReset(InetSocketAddress to, List<Peer> peers) throws IOException {
        connect(to, peers).ifPresent(peer -> assertThatThrownBy(peer::receive)
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset"));
    }

    private static DescriptorReserve reserveFrom(int first) {
        return IntStream.range(2, 1 << 20)
                .mapToObj(DescriptorReserve::new)
                .filter(reserve -> reserve.keeps(first) && !reserve.keeps(first - 1))
                .findFirst()
                .orElseThrow();
    }

    private static Gateway withAdmission(Gateway gateway, Admission admission) {
        return new Gateway(
                gateway.settings(),
                gateway.transport(),
                gateway.data(),
                gateway.names(),
                gateway.gate(),
                admission,
                gateway.sessions(),
                gateway.ownListener(),
                gateway.sockets(),
                gateway.telnet(),
                gateway.tls(),
                gateway.proxyProtocol(),
                gateway.interception(),
                gateway.protocol(),
                gateway.tunnels());
    }

    /** A client of this address logs in and gets a file. */
    private static void assertDownloads(TestNetwork network, String address) throws IOException {
        Socket socket = new Socket(
                TestNetwork.LOCALHOST,
                network.address().getPort(),
                IpLiteral.parse(address).orElseThrow(),
                0);
        try (Peer client = new Peer(socket);
                Peer server = network.server();
                ServerSocket files = new ServerSocket(0, 1, TestNetwork.LOCALHOST)) {
            server.say("220 ready");
            assertThat(client.receive()).isEqualTo("220 ready");
            client.say("USER u");
            assertThat(server.receive()).isEqualTo("USER u");
            server.say("230 in");
            assertThat(client.receive()).isEqualTo("230 in");
            client.say("EPSV");
            assertThat(server.receive()).isEqualTo("EPSV");
            server.say("229 ok (|||" + files.getLocalPort() + "|)");
            String port = client.receive();
            assertThat(port).startsWith("229 ");
            try (Socket data = new Socket(
                            TestNetwork.LOCALHOST,
                            Integer.parseInt(port.replaceAll(".*\\|\\|\\||\\|.*", "")),
                            socket.getLocalAddress(),
                            0);
                    Socket file = files.accept()) {
                client.say("RETR f");
                assertThat(server.receive()).isEqualTo("RETR f");
                server.say("150 coming");
                assertThat(client.receive()).isEqualTo("150 coming");
                file.getOutputStream().write(new byte[] {1, 2, 3});
                file.shutdownOutput();
                assertThat(data.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
            }
            server.say("226 done");
            assertThat(client.receive()).isEqualTo("226 done");
        }
    }
}
