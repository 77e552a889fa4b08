package io.ftpalg.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.BlackHole;
import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.ftpalg.control.net.TransportTest#available")
@Timeout(20)
class ServerConnectorTest implements ServerConnector.Outcome {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final TestNetwork network;
    private final CompletableFuture<SocketChannel> connected = new CompletableFuture<>();
    private final CompletableFuture<CloseCause> unreachable = new CompletableFuture<>();
    private String detail = "";
    private int initialized;
    private boolean foreign;

    ServerConnectorTest(Transport transport) throws IOException {
        network = new TestNetwork(
                transport, Limits.builder().connectTimeout(TIMEOUT).build());
    }

    @Override
    public void onConnected(SocketChannel server) {
        assertThat(connected.complete(server)).isTrue();
    }

    @Override
    public void onUnreachable(CloseCause cause, String why) {
        assertThat(network.loop.inEventLoop()).isTrue();
        detail = why;
        assertThat(unreachable.complete(cause)).isTrue();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void connectsToTheServer() throws IOException {
        start(Optional.empty(), server());

        try (Peer server = network.server()) {
            assertThat(TestNetwork.soon(connected).localAddress()).isEqualTo(server.socket.getRemoteSocketAddress());
            assertThat(unreachable).isNotDone();
        }
    }

    @Test
    void triesTheNextAddress() throws IOException {
        start(Optional.empty(), TestNetwork.nobody(), TestNetwork.nobody(), server());

        assertThat(TestNetwork.soon(connected).remoteAddress()).isEqualTo(server());
    }

    @Test
    void tellsThatNobodyAccepts() throws IOException {
        InetSocketAddress one = TestNetwork.nobody();
        InetSocketAddress other = TestNetwork.nobody();
        start(Optional.empty(), one, other);

        assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
        assertThat(detail)
                .isEqualTo("127.0.0.1:" + one.getPort() + ": connection refused; 127.0.0.1:" + other.getPort()
                        + ": connection refused");
        assertThat(connected).isNotDone();
    }

    /** Whoever runs the zone of a name decides how many addresses it has. */
    @Test
    void namesEightOfMoreAddressesWithTheirErrors() throws IOException {
        InetSocketAddress[] nine = Collections.nCopies(9, TestNetwork.nobody()).toArray(InetSocketAddress[]::new);
        start(Optional.empty(), nine);
        assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
        assertThat(detail.split("; ", -1)).hasSize(9).endsWith("and 1 more");
    }

    @Test
    void namesTheFamilyThatFailedFirstToo() throws IOException {
        InetSocketAddress port = TestNetwork.nobody();
        start(Optional.empty(), new InetSocketAddress(IpLiteral.parse("::1").orElseThrow(), port.getPort()), port);

        assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
        assertThat(detail)
                .startsWith("[::1]:" + port.getPort() + ": ")
                .endsWith("; 127.0.0.1:" + port.getPort() + ": connection refused");
    }

    @Test
    void tellsThatNoSocketCanBeMade() {
        network.run(() -> connector(
                        family -> {
                            throw new ChannelException("too many open files");
                        },
                        SocketSettings.DEFAULT,
                        server(),
                        server())
                .start());

        assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.NO_SOCKET);
        assertThat(detail).isEqualTo("127.0.0.1:" + server().getPort() + ": too many open files");
    }

    @Test
    void waitsForAnAttemptThatIsRunningWhereNoOtherSocketCanBeMade() throws IOException {
        AtomicInteger made = new AtomicInteger();
        try (BlackHole hole = new BlackHole()) {
            network.run(() -> connector(
                            family -> {
                                if (made.getAndIncrement() > 0) {
                                    throw new ChannelException("too many open files");
                                }
                                return network.gateway.transport().controlSockets(family);
                            },
                            SocketSettings.DEFAULT,
                            hole.address(),
                            server())
                    .start());

            assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
            assertThat(made).hasValue(2);
        }
    }

    @Test
    void refusesTheGatewaysOwnListener() {
        start(Optional.empty(), network.address());

        assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.LOOP);
        assertThat(detail).isEqualTo("127.0.0.1:" + network.address().getPort() + ": a listener of this gateway");
        assertThat(network.accepted).isEmpty();
    }

    @Test
    void passesOverTheGatewaysOwnListener() {
        start(Optional.empty(), network.address(), server());

        assertThat(TestNetwork.soon(connected).remoteAddress()).isEqualTo(server());
        assertThat(network.accepted).isEmpty();
    }

    @Test
    void connectsFromTheSourceAddressOfTheRoute() throws IOException {
        InetAddress source = IpLiteral.of(new byte[] {127, 0, 0, 7});

        start(Optional.of(source), server());

        try (Peer server = network.server()) {
            assertThat(server.socket.getInetAddress()).isEqualTo(source);
        }
    }

    @Test
    void connectsFromTheOnlyFreeSourcePort() throws IOException {
        PortRange range = new PortRange(23_500, 23_503);
        try (ServerSocket one = new ServerSocket(23_500, 1, TestNetwork.LOCALHOST);
                ServerSocket two = new ServerSocket(23_501, 1, TestNetwork.LOCALHOST);
                ServerSocket four = new ServerSocket(23_503, 1, TestNetwork.LOCALHOST)) {
            assertThat(List.of(one, two, four)).allMatch(ServerSocket::isBound);
            network.run(() -> connector(
                            SocketSettings.from(Optional.of(TestNetwork.LOCALHOST))
                                    .withSourcePorts(range),
                            server())
                    .start());

            try (Peer server = network.server()) {
                assertThat(server.socket.getPort()).isEqualTo(23_502);
                assertThat(TestNetwork.soon(connected).localAddress().getPort()).isEqualTo(23_502);
                // An end in order would leave the port in TIME_WAIT.
                server.reset();
            }
        }
    }

    @Test
    void connectsFromAnotherSourcePortWhereOneIsTakenTowardsThisServer() throws IOException {
        PortRange range = new PortRange(23_510, 23_511);
        try (Socket first =
                new Socket(TestNetwork.LOCALHOST, network.server.getLocalPort(), TestNetwork.LOCALHOST, 23_510)) {
            network.run(() -> connector(SocketSettings.DEFAULT.withSourcePorts(range), server())
                    .start());

            assertThat(TestNetwork.soon(connected).localAddress().getPort()).isEqualTo(23_511);
            first.setSoLinger(true, 0);
            TestNetwork.soon(connected).config().setSoLinger(0);
            TestNetwork.soon(connected).close().syncUninterruptibly();
        }
    }

    @Test
    void tellsThatNoSourcePortIsFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(23_520, 1, TestNetwork.LOCALHOST)) {
            PortRange only = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            network.run(() -> connector(
                            SocketSettings.from(Optional.of(TestNetwork.LOCALHOST))
                                    .withSourcePorts(only),
                            server())
                    .start());

            assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
            assertThat(detail).contains("in use");
        }
    }

    @Test
    void isNotHeardOfOnceItWasCancelled() throws IOException {
        network.run(() -> {
            ServerConnector connector = connector(Optional.empty(), server());
            connector.start();
            connector.cancel();
        });

        try (Peer next = Peer.connect((InetSocketAddress) network.server.getLocalSocketAddress())) {
            // Either the attempt never got there, or it comes first and is closed.
            Peer first = network.server();
            if (!first.socket.getRemoteSocketAddress().equals(next.socket.getLocalSocketAddress())) {
                assertThat(first.receive()).isEqualTo(Peer.END);
            }
            first.close();
        }
        network.run(() -> {});
        assertThat(connected).isNotDone();
        assertThat(unreachable).isNotDone();
    }

    @Test
    void tellsNoFailureOnceItWasCancelled() {
        network.run(() -> {
            ServerConnector connector = connector(Optional.empty(), network.address());
            connector.start();
            connector.cancel();
        });

        network.run(() -> {});
        assertThat(unreachable).isNotDone();
    }

    @Test
    void remembersItsEndForAsLongAsItIsOpen() {
        start(Optional.empty(), server());
        SocketChannel channel = TestNetwork.soon(connected);
        InetSocketAddress own = channel.localAddress();
        assertThat(network.admission.enter(own, 0)).contains(CloseCause.LOOP);

        channel.close().syncUninterruptibly();

        await().atMost(TestNetwork.PATIENCE)
                .until(() -> network.admission.enter(own, 0).isEmpty());
        network.admission.leave(own);
    }

    @Test
    void triesTheNextAddressBesideOneThatHangs() throws IOException {
        try (BlackHole hole = new BlackHole()) {
            long began = System.nanoTime();
            start(Optional.empty(), hole.address(), server());

            assertThat(TestNetwork.soon(connected).remoteAddress()).isEqualTo(server());
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(240))
                    .isLessThan(TIMEOUT);
            network.run(() -> {});
            assertThat(unreachable).isNotDone();
            assertThat(initialized).as("attempts that the session hears of").isEqualTo(1);
        }
    }

    @Test
    void waitsForAnAttemptThatIsStillRunning() throws IOException {
        try (BlackHole hole = new BlackHole()) {
            InetSocketAddress nobody = TestNetwork.nobody();
            start(Optional.empty(), hole.address(), nobody);

            assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
            assertThat(detail)
                    .isEqualTo("127.0.0.1:" + nobody.getPort() + ": connection refused; 127.0.0.1:"
                            + hole.address().getPort() + ": connection timed out");
        }
    }

    @Test
    void givesAllAddressesTogetherTheTimeOfOne() throws IOException {
        try (BlackHole one = new BlackHole();
                BlackHole other = new BlackHole()) {
            long began = System.nanoTime();
            start(Optional.empty(), one.address(), other.address(), one.address());

            assertThat(TestNetwork.soon(unreachable)).isEqualTo(CloseCause.SERVER_UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(TIMEOUT.minusMillis(20), TIMEOUT.multipliedBy(2));
        }
    }

    @Test
    void closesAllAttemptsWhenItIsCancelled() throws IOException {
        try (BlackHole hole = new BlackHole()) {
            ServerConnector[] connector = new ServerConnector[1];
            network.run(() -> {
                connector[0] = connector(Optional.empty(), hole.address(), hole.address(), server());
                connector[0].start();
                connector[0].cancel();
            });
            network.loop.schedule(() -> {}, 600, TimeUnit.MILLISECONDS).syncUninterruptibly();

            network.run(() -> {});
            assertThat(connected).isNotDone();
            assertThat(unreachable).isNotDone();
            network.server.setSoTimeout(1);
            assertThatThrownBy(() -> network.server.accept()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void passesOverTheGatewaysOwnListenerWhileAnAttemptHangs() throws IOException {
        try (BlackHole hole = new BlackHole()) {
            start(Optional.empty(), hole.address(), network.address(), server());

            assertThat(TestNetwork.soon(connected).remoteAddress()).isEqualTo(server());
            assertThat(network.accepted).isEmpty();
        }
    }

    @Test
    void takesTheFamiliesInTurn() {
        assertThat(ServerConnector.interleaved(at("2001:db8::1", "2001:db8::2", "2001:db8::3", "10.0.0.1", "10.0.0.2")))
                .isEqualTo(at("2001:db8::1", "10.0.0.1", "2001:db8::2", "10.0.0.2", "2001:db8::3"));
        assertThat(ServerConnector.interleaved(at("10.0.0.1", "2001:db8::1", "2001:db8::2")))
                .isEqualTo(at("10.0.0.1", "2001:db8::1", "2001:db8::2"));
        assertThat(ServerConnector.interleaved(at("10.0.0.1", "10.0.0.2"))).isEqualTo(at("10.0.0.1", "10.0.0.2"));
    }

    @Test
    void leavesOutWhatASourceAddressCannotReach() {
        Optional<InetAddress> source = IpLiteral.parse("127.0.0.7");

        assertThat(ServerConnector.reachable(at("2001:db8::1", "10.0.0.1"), source))
                .isEqualTo(at("10.0.0.1"));
        assertThat(ServerConnector.reachable(at("2001:db8::1", "10.0.0.1"), IpLiteral.parse("::1")))
                .isEqualTo(at("2001:db8::1"));
        assertThat(ServerConnector.reachable(at("2001:db8::1"), source)).isEqualTo(at("2001:db8::1"));
        assertThat(ServerConnector.reachable(at("2001:db8::1", "10.0.0.1"), Optional.empty()))
                .hasSize(2);
    }

    private static List<InetSocketAddress> at(String... ips) {
        return Stream.of(ips)
                .map(ip -> new InetSocketAddress(IpLiteral.parse(ip).orElseThrow(), 21))
                .toList();
    }

    private InetSocketAddress server() {
        return (InetSocketAddress) network.server.getLocalSocketAddress();
    }

    private void start(Optional<InetAddress> source, InetSocketAddress... servers) {
        network.run(() -> connector(source, servers).start());
    }

    private ServerConnector connector(Optional<InetAddress> source, InetSocketAddress... servers) {
        return connector(SocketSettings.from(source), servers);
    }

    private ServerConnector connector(SocketSettings sockets, InetSocketAddress... servers) {
        return connector(network.gateway.transport()::controlSockets, sockets, servers);
    }

    private ServerConnector connector(
            Function<InetAddress, ChannelFactory<SocketChannel>> families,
            SocketSettings sockets,
            InetSocketAddress... servers) {
        return new ServerConnector(
                network.gateway,
                network.loop,
                families,
                List.of(servers),
                sockets,
                foreign,
                address -> Optional.empty(),
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        initialized++;
                    }
                },
                this);
    }
}
