package io.ftpalg.data.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.DataChannels;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions on two event loops, and their clients, at ports that they share. */
@Timeout(60)
class SharedPortsTest {
    private static final InetAddress ONE = DataFixture.address("127.0.0.21");
    private static final InetAddress OTHER = DataFixture.address("127.0.0.22");

    private final SharedPorts shared = new SharedPorts();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ConcurrentHashMap<EventLoop, DataChannels> channels = new ConcurrentHashMap<>();
    private MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Kind.NIO.handlers());
    private Kind kind = Kind.NIO;

    static List<Kind> kinds() {
        return Kind.available();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void start(Kind with) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        kind = with;
        group = new MultiThreadIoEventLoopGroup(2, with.handlers());
        shared.acquire();
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(opened);
        return opened;
    }

    /** A session of a client, on the next event loop. */
    private final class Session {
        private final EventLoop loop = group.next();
        private final RecordingListener events = new RecordingListener();
        private final DataLeg leg;

        Session(InetAddress client, PortRange range) {
            this(ListenRequest.of(DataFixture.LOCALHOST, PassivePorts.of(range, 100), client, 3));
        }

        Session(ListenRequest request) {
            DataChannels own = channels.computeIfAbsent(
                    loop,
                    made -> new DataChannels(
                            made, kind.transport(), kind == Kind.SPLICE, 1 << 20, Optional.of(shared)));
            leg = loop.submit(() -> own.listen(request, events))
                    .syncUninterruptibly()
                    .getNow();
        }

        void close() {
            loop.submit(leg::close).syncUninterruptibly();
        }

        /** Sends these bytes from a server of its own to the client. */
        RelayResult download(byte[] bytes) throws IOException {
            DataChannels own = Objects.requireNonNull(channels.get(loop));
            try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
                RecordingListener dialled = new RecordingListener();
                InetSocketAddress target = (InetSocketAddress) server.getLocalSocketAddress();
                DataLeg serverLeg = loop.submit(() ->
                                own.dial(new DialRequest(target, Optional.empty(), Duration.ofSeconds(20)), dialled))
                        .syncUninterruptibly()
                        .getNow();
                try (Socket sender = server.accept()) {
                    dialled.connected();
                    CompletableFuture<RelayResult> end = new CompletableFuture<>();
                    loop.submit(() ->
                                    own.relay(leg, serverLeg, DataFixture.plan(RelayPlan.Flow.DOWNLOAD), end::complete))
                            .syncUninterruptibly();
                    sender.getOutputStream().write(bytes);
                    sender.shutdownOutput();
                    return RecordingListener.soon(end);
                }
            }
        }
    }

    private Socket connect(InetAddress client, InetSocketAddress port) throws IOException {
        Socket socket = keep(new Socket());
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(client, 0));
        socket.connect(port);
        return socket;
    }

    private static PortRange freePort() throws IOException {
        int port = ClosedPorts.address().getPort();
        return new PortRange(port, port);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bringEachClientToItsSession(Kind with) throws Exception {
        start(with);
        PortRange port = freePort();
        Session one = new Session(ONE, port);
        Session other = new Session(OTHER, port);
        assertThat(one.events.listening()).isEqualTo(other.events.listening());

        Socket otherClient = connect(OTHER, other.events.listening());
        Socket oneClient = connect(ONE, one.events.listening());

        assertThat(other.events.connected()).isEqualTo(otherClient.getLocalSocketAddress());
        assertThat(one.events.connected()).isEqualTo(oneClient.getLocalSocketAddress());
        byte[] bytes = new byte[300_000];
        bytes[299_999] = 7;
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readAll(oneClient));
        assertThat(one.download(bytes).end()).isEqualTo(RelayResult.End.COMPLETE);
        assertThat(RecordingListener.soon(read)).isEqualTo(bytes);
    }

    private static byte[] readAll(Socket socket) {
        try {
            byte[] all = socket.getInputStream().readAllBytes();
            socket.close();
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sendThePortToOneSessionOfAnAddressAtATime(Kind with) throws Exception {
        start(with);
        PortRange port = freePort();
        Session first = new Session(ONE, port);
        InetSocketAddress local = first.events.listening();
        Session second = new Session(ONE, port);

        Socket client = connect(ONE, local);

        assertThat(first.events.connected()).isEqualTo(client.getLocalSocketAddress());
        assertThat(second.events.listening()).isEqualTo(local);
        assertThat(second.events.heard).containsExactly("listening");
        Socket next = connect(ONE, local);
        assertThat(second.events.connected()).isEqualTo(next.getLocalSocketAddress());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refuseASessionWhoseTurnDoesNotCome(Kind with) throws Exception {
        start(with);
        PortRange port = freePort();
        Session first = new Session(ONE, port);
        first.events.listening();
        Session second = new Session(ONE, port);

        assertThat(second.events.failed()).isEqualTo(DataFailure.SHARE_HELD);

        assertThat(second.events.details)
                .containsExactly("another session of the client's address waits at the shared passive ports");
        connect(ONE, first.events.listening());
        first.events.connected();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void passThePlaceOnOfASessionThatWaitsNoMore(Kind with) throws Exception {
        start(with);
        PortRange port = freePort();
        Session first = new Session(ONE, port);
        first.events.listening();
        Session second = new Session(ONE, port);
        Session third = new Session(ONE, port);

        second.close();
        first.close();

        connect(ONE, third.events.listening());
        third.events.connected();
        assertThat(second.events.heard).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void cutWhomNoSessionWaitsFor(Kind with) throws Exception {
        start(with);
        Session session = new Session(ONE, freePort());
        InetSocketAddress local = session.events.listening();

        assertThatThrownBy(() -> connect(OTHER, local).getInputStream().readNBytes(1))
                .hasMessageContaining("reset");
        connect(ONE, local);
        session.events.connected();
        assertThatThrownBy(() -> connect(ONE, local).getInputStream().readNBytes(1))
                .hasMessageContaining("reset");
        assertThat(session.events.heard).containsExactly("listening", "connected");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void admitOtherHostsWhereTheSessionDoes(Kind with) throws Exception {
        start(with);
        Session session = new Session(ListenRequest.of(DataFixture.LOCALHOST, PassivePorts.of(freePort(), 100), ONE, 3)
                .withPeers(DataPeers.NETWORK));

        Socket client = connect(OTHER, session.events.listening());

        assertThat(session.events.connected()).isEqualTo(client.getLocalSocketAddress());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void useTheOtherPortForASecondSession(Kind with) throws Exception {
        start(with);
        PortRange two = twoFreePorts();
        Session first = new Session(ONE, two);
        first.events.listening();
        Session second = new Session(ONE, two);

        assertThat(second.events.listening()).isNotEqualTo(first.events.listening());
    }

    private static PortRange twoFreePorts() throws IOException {
        for (int i = 0; i < 100; i++) {
            int port = freePort().first() & ~1;
            try (ServerSocket lower = new ServerSocket(port, 1, DataFixture.LOCALHOST);
                    ServerSocket upper = new ServerSocket(port + 1, 1, DataFixture.LOCALHOST)) {
                return new PortRange(lower.getLocalPort(), upper.getLocalPort());
            } catch (IOException e) {
                // One of them is in use: the next two.
            }
        }
        throw new IOException("no two free ports beside each other");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tryTheNextPortWhereAnotherProgramHasOne(Kind with) throws Exception {
        start(with);
        PortRange two = twoFreePorts();
        try (ServerSocket foreign = new ServerSocket(two.first(), 1, DataFixture.LOCALHOST)) {
            assertThat(new Session(ONE, two).events.listening().getPort()).isEqualTo(two.last());
            assertThat(new Session(OTHER, new PortRange(foreign.getLocalPort(), foreign.getLocalPort()))
                            .events.failed())
                    .isEqualTo(DataFailure.NO_PORT);
        }
        PortRange first = new PortRange(two.first(), two.first());
        assertThat(new Session(OTHER, first).events.listening().getPort()).isEqualTo(two.first());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closeWithTheLastGateway(Kind with) throws Exception {
        start(with);
        shared.acquire();
        Session session = new Session(ONE, freePort());
        InetSocketAddress local = session.events.listening();
        assertThat(shared.isOpen(local)).isTrue();

        shared.release();
        assertThat(shared.isOpen(local)).isTrue();
        shared.release();

        assertThat(shared.isOpen(local)).isFalse();
        assertThat(session.events.failed()).isEqualTo(DataFailure.NO_PORT);
        await().untilAsserted(() -> new ServerSocket(local.getPort(), 1, local.getAddress()).close());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void openAgainOnOtherEventLoops(Kind with) throws Exception {
        start(with);
        PortRange port = freePort();
        Session before = new Session(ONE, port);
        InetSocketAddress local = before.events.listening();
        shared.closeOn(group);
        assertThat(before.events.failed()).isEqualTo(DataFailure.NO_PORT);
        await().untilAsserted(() -> new ServerSocket(local.getPort(), 1, local.getAddress()).close());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        group = new MultiThreadIoEventLoopGroup(2, with.handlers());

        Session after = new Session(ONE, port);

        assertThat(after.events.listening()).isEqualTo(local);
        connect(ONE, local);
        after.events.connected();
    }

    // ---- one port

    private static InetSocketAddress free() throws IOException {
        return ClosedPorts.address();
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 5_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that was needed is kept until the next look, and longer while a session waits. */
    @ParameterizedTest
    @MethodSource("kinds")
    void closeAPortThatNobodyNeeds(Kind with) throws Exception {
        start(with);
        PortRange range = freePort();
        Session session = new Session(ONE, range);
        InetSocketAddress local = session.events.listening();
        SharedPort port = shared.at(local).orElseThrow();
        for (int i = 0; i < 2; i++) {
            port.loop().submit(port::closeUnlessUsed).syncUninterruptibly();
            assertThat(shared.isOpen(local)).isTrue();
        }
        session.close();

        port.loop().submit(port::closeUnlessUsed).syncUninterruptibly();

        assertThat(shared.isOpen(local)).isFalse();
        await().until(() -> !accepts(local));
        port.loop().submit(port::closeUnlessUsed).syncUninterruptibly();
        assertThat(new Session(ONE, range).events.listening()).isEqualTo(local);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void failWhereThePortIsClosedWhileItIsOpened(Kind with) throws Exception {
        start(with);
        InetSocketAddress local = free();
        EventLoop loop = group.next();
        List<SharedPort> closed = new CopyOnWriteArrayList<>();
        SharedPort port = new SharedPort(local, loop, closed::add);
        loop.submit(() -> {
                    port.close();
                    port.start(kind.transport());
                })
                .syncUninterruptibly();

        await().until(() -> !accepts(local));
        assertThat(closed).contains(port);
        assertThat(port.waiting(ONE)).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void failWhereNoSocketCanBeMade(Kind with) throws Exception {
        start(with);
        EventLoop loop = group.next();
        List<SharedPort> closed = new CopyOnWriteArrayList<>();
        SharedPort port = new SharedPort(free(), loop, closed::add);

        loop.submit(() -> port.start(new DataTransport(kind.transport().sockets(), () -> {
                    throw new ChannelException("too many open files");
                })))
                .syncUninterruptibly();

        assertThat(closed).containsExactly(port);
    }
}
