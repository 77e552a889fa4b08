package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.channel.ReadSizer;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.protocol.PortRange;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.ftpalg.data.Kind#available")
@Timeout(60)
@ExtendWith(NettyLeakDetectorExtension.class)
class DataChannelsTest {
    private final Kind kind;
    private DataFixture fixture;

    DataChannelsTest(Kind kind) {
        this.kind = kind;
        this.fixture = new DataFixture(kind);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void relaysInSmallPiecesBeyondTheMemoryOfItsLoop() throws IOException {
        byte[] file = new byte[3_000_000];
        new Random(4).nextBytes(file);
        try (DataFixture poor = new DataFixture(kind, PassivePorts.ephemeral(), 1)) {
            Wire reader = poor.listened();
            Wire writer = poor.dialled();
            Joined joined = poor.join(reader, writer, DataFixture.plan(Flow.DOWNLOAD));
            CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> {
                try {
                    writer.send(file);
                    writer.fin();
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });

            byte[] got = reader.peer().getInputStream().readNBytes(file.length);
            long held = poor.call(poor.channels::relayMemoryHeld);
            reader.fin();

            assertThat(Arrays.equals(got, file)).isTrue();
            assertThat(held).isLessThanOrEqualTo(2L * ReadSizer.SMALL);
            assertThat(RecordingListener.soon(sent)).isTrue();
            assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, file.length, 0));
            reader.peer().close();
            writer.peer().close();
        }
    }

    @Test
    void closesTheListeningSocketOnceThePeerIsIn() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.listen(legListener);
        InetSocketAddress port = legListener.listening();

        try (Socket peer = new Socket(port.getAddress(), port.getPort())) {
            assertThat(legListener.connected()).isEqualTo(peer.getLocalSocketAddress());

            await().atMost(DataFixture.SECONDS).until(() -> refused(port));
            assertThat(legListener.heard).containsExactly("listening", "connected");
            fixture.run(leg::close);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void turnsStrangersAwayAndKeepsThePlace() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.listen(DataFixture.LOCALHOST, OptionalInt.empty(), legListener);
        InetSocketAddress port = legListener.listening();
        try (Socket unexpected = from("127.0.0.9", port)) {
            assertThatThrownBy(() -> readToReset(unexpected)).isInstanceOf(SocketException.class);
        }

        try (Socket peer = new Socket(port.getAddress(), port.getPort())) {
            assertThat(legListener.connected().getPort()).isEqualTo(peer.getLocalPort());
        }

        assertThat(legListener.heard).containsExactly("listening", "unexpected", "connected");
        assertThat(legListener.unexpectedPeers).singleElement().satisfies(remote -> assertThat(remote.getAddress())
                .isEqualTo(DataFixture.address("127.0.0.9")));
        fixture.run(leg::abort);
    }

    @Test
    void admitsAnotherHostOfTheNetworkAndNobodyBeyondIt() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.call(() -> fixture.channels.listen(
                ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 3)
                        .withPeers(DataPeers.NETWORK),
                legListener));
        InetSocketAddress port = legListener.listening();
        try (Socket beyond = from("127.0.1.9", port)) {
            assertThatThrownBy(() -> readToReset(beyond)).isInstanceOf(SocketException.class);
        }

        try (Socket neighbour = from("127.0.0.9", port)) {
            assertThat(legListener.connected()).isEqualTo(neighbour.getLocalSocketAddress());
        }

        assertThat(legListener.heard).containsExactly("listening", "unexpected", "connected");
        fixture.run(leg::abort);
    }

    @Test
    void givesThePortUpAfterTooManyStrangers() throws IOException {
        RecordingListener legListener = new RecordingListener();
        fixture.listen(DataFixture.LOCALHOST, OptionalInt.empty(), legListener);
        InetSocketAddress port = legListener.listening();

        for (int i = 0; i < 3; i++) {
            from("127.0.0.9", port).close();
        }

        assertThat(legListener.failed()).isEqualTo(DataFailure.UNEXPECTED_PEERS);
        await().atMost(DataFixture.SECONDS).until(() -> refused(port));
        assertThat(legListener.heard).containsExactly("listening", "unexpected", "unexpected", "unexpected", "failed");
    }

    @Test
    void admitsOnlyTheAskedForSourcePort() throws IOException {
        int admitted = freePort().getPort();
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.listen(DataFixture.LOCALHOST, OptionalInt.of(admitted), legListener);
        InetSocketAddress port = legListener.listening();
        new Socket(port.getAddress(), port.getPort()).close();

        try (Socket peer = new Socket(port.getAddress(), port.getPort(), DataFixture.LOCALHOST, admitted)) {
            assertThat(legListener.connected()).isEqualTo(peer.getLocalSocketAddress());
        }
        assertThat(legListener.unexpectedPeers).hasSize(1);
        fixture.run(leg::close);
    }

    @Test
    void admitsAnIpv4PeerThatIsKnownAsMappedIpv6() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.listen(DataFixture.address("::ffff:127.0.0.1"), OptionalInt.empty(), legListener);

        try (Socket peer =
                new Socket(DataFixture.LOCALHOST, legListener.listening().getPort())) {
            assertThat(legListener.connected().getPort()).isEqualTo(peer.getLocalPort());
        }
        fixture.run(leg::close);
    }

    @Test
    void givesFourPortsToEightClientsAndAllOfThemLater() throws IOException {
        useRange(4, 100);
        List<DataLeg> legs = new ArrayList<>();
        int[] got = {0};

        for (int i = 0; i < 8; i++) {
            RecordingListener legListener = new RecordingListener();
            legs.add(fixture.listenInRange(DataFixture.address("127.0.0." + (10 + i)), legListener));
            got[0] += legListener.gotPort() ? 1 : 0;
            assertThat(got[0] == i + 1 || legListener.failed() == DataFailure.NO_PORT)
                    .isTrue();
        }
        assertThat(got[0]).isEqualTo(4);
        assertThat(fixture.ports.leased()).isEqualTo(4);

        for (int i = 0; i < 8; i++) {
            fixture.run(legs.get(i)::close);
            RecordingListener legListener = new RecordingListener();
            DataLeg later = fixture.listenInRange(DataFixture.address("127.0.0." + (10 + i)), legListener);
            assertThat(legListener.gotPort()).as("client %s", i).isTrue();
            fixture.run(later::close);
        }
    }

    @Test
    void keepsAClientToItsShareOfTheRange() throws IOException {
        useRange(66, 50);
        List<DataLeg> legs = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            RecordingListener legListener = new RecordingListener();
            legs.add(fixture.listenInRange(DataFixture.LOCALHOST, legListener));
            assertThat(legListener.gotPort()).as("port %s of 33", i + 1).isTrue();
        }

        RecordingListener tooMany = new RecordingListener();
        fixture.listenInRange(DataFixture.LOCALHOST, tooMany);
        assertThat(tooMany.gotPort()).isFalse();
        assertThat(tooMany.failed()).isEqualTo(DataFailure.SHARE_HELD);
        RecordingListener another = new RecordingListener();
        legs.add(fixture.listenInRange(DataFixture.address("127.0.0.9"), another));
        assertThat(another.gotPort()).isTrue();

        legs.forEach(leg -> fixture.run(leg::close));
    }

    @Test
    void listensAgainOnTheOnlyPortRightAfterItWasClosed() throws IOException {
        assumeFalse(
                kind == Kind.IO_URING, "known gap: the only port of a range is not free again 20 ms after its close");
        useRange(1, 100);
        for (int i = 0; i < 50; i++) {
            RecordingListener first = new RecordingListener();
            RecordingListener second = new RecordingListener();
            DataLeg leg = fixture.listenInRange(DataFixture.LOCALHOST, first);
            first.listening();

            DataLeg again = fixture.call(() -> {
                leg.close();
                return fixture.channels.listen(
                        ListenRequest.of(DataFixture.LOCALHOST, fixture.ports, DataFixture.LOCALHOST, 3), second);
            });

            assertThat(second.gotPort()).isTrue();
            fixture.run(again::close);
            fixture.awaitNothingLeft();
        }
    }

    @Test
    void hearsNothingFromAClosedLeg() {
        RecordingListener legListener = new RecordingListener();

        fixture.run(() -> fixture.channels
                .listen(ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 3), legListener)
                .close());

        fixture.awaitNothingLeft();
        assertThat(legListener.heard).isEmpty();
    }

    @Test
    void failsToListenOnAForeignAddress() {
        RecordingListener legListener = new RecordingListener();

        fixture.run(() -> fixture.channels.listen(
                ListenRequest.of(DataFixture.address("192.0.2.1"), DataFixture.ANY, DataFixture.LOCALHOST, 3),
                legListener));

        assertThat(legListener.failed()).isEqualTo(DataFailure.NO_SOCKET);
    }

    @Test
    void failsToDialAPortWhereNobodyListens() throws IOException {
        InetSocketAddress port = freePort();
        RecordingListener legListener = new RecordingListener();

        fixture.dial(port, legListener);

        assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        assertThat(legListener.heard).containsExactly("failed");
    }

    @Test
    void dialsTwoPeersFromTheSameLocalPort() throws IOException {
        InetSocketAddress local = freePort();
        try (ServerSocket one = new ServerSocket(0, 1, DataFixture.LOCALHOST);
                ServerSocket two = new ServerSocket(0, 1, DataFixture.address("127.0.0.2"))) {
            List<DataLeg> legs = new ArrayList<>();

            for (ServerSocket server : List.of(one, two)) {
                RecordingListener legListener = new RecordingListener();
                legs.add(fixture.call(() -> fixture.channels.dial(
                        new DialRequest(
                                (InetSocketAddress) server.getLocalSocketAddress(),
                                Optional.of(local),
                                DataFixture.SECONDS),
                        legListener)));
                legListener.connected();
                try (Socket peer = server.accept()) {
                    assertThat(peer.getPort()).isEqualTo(local.getPort());
                }
            }

            legs.forEach(leg -> fixture.run(leg::abort));
        }
    }

    @Test
    void refusesToRelayALegThatWasClosed() throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        fixture.run(client.leg()::close);

        assertThatThrownBy(() -> fixture.join(client, server, DataFixture.plan(Flow.BOTH)))
                .hasStackTraceContaining("no data connection to relay");

        fixture.run(server.leg()::close);
        client.peer().close();
        server.peer().close();
    }

    @Test
    void readsNoMoreThanItMayHoldForAReaderThatReadsNothing() throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        AtomicLong sent = new AtomicLong();
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        CompletableFuture<Void> sending = CompletableFuture.runAsync(
                () -> {
                    byte[] piece = new byte[1 << 16];
                    try {
                        for (int i = 0; i < 3200; i++) {
                            server.send(piece);
                            sent.addAndGet(piece.length);
                        }
                    } catch (IOException e) {
                        // Cut by the end of this test.
                    }
                },
                task -> new Thread(task, "sender").start());

        AtomicLong before = new AtomicLong(-1);
        await().atMost(DataFixture.SECONDS)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);

        assertThat(sent.get()).isLessThan(40L << 20);
        fixture.run(joined.relay()::abort);
        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        RecordingListener.soon(sending);
        client.peer().close();
        server.peer().close();
    }

    @Test
    void leavesNothingBehindWhenItIsCutAnywhere() throws IOException {
        Random random = new Random(7);
        byte[] piece = new byte[200_000];
        for (int i = 0; i < 500; i++) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(i % 2 == 0 ? Flow.UPLOAD : Flow.DOWNLOAD));
            Wire sender = i % 2 == 0 ? client : server;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    sender.send(piece);
                    sender.fin();
                } catch (IOException e) {
                    // Cut: that is what this test does.
                }
            });
            long turns = random.nextInt(30);
            for (int turn = 0; turn < turns; turn++) {
                fixture.run(() -> {});
            }
            fixture.run(joined.relay()::abort);

            assertThat(joined.result()).isNotNull();
            RecordingListener.soon(sending);
            client.peer().close();
            server.peer().close();
        }
        fixture.awaitNothingLeft();
    }

    /** Ports below those that the system deals out to others, all free. */
    private static int firstOfFree(int size) {
        return new Random()
                .ints(10_000, 30_000)
                .limit(1_000)
                .filter(first -> IntStream.range(first, first + size).allMatch(DataChannelsTest::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, DataFixture.LOCALHOST)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void useRange(int size, int share) {
        fixture.close();
        int first = firstOfFree(size);
        fixture = new DataFixture(kind, PassivePorts.of(new PortRange(first, first + size - 1), share));
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            return (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    private static Socket from(String local, InetSocketAddress to) throws IOException {
        return new Socket(to.getAddress(), to.getPort(), DataFixture.address(local), 0);
    }

    private static void readToReset(Socket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            throw new SocketException("closed");
        }
    }

    private static boolean refused(InetSocketAddress port) {
        InetAddress address = port.getAddress();
        try (Socket socket = new Socket(address, port.getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    /** What was there when it was watched, and what comes later, is reported once, and reaches the relay whole. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reportsBytesOfAWatchedConnectionAndTakesNothing(boolean before) throws IOException {
        RecordingListener legListener = new RecordingListener();
        Wire server = dialled(legListener);
        if (before) {
            server.send(new byte[] {1, 2, 3});
            fixture.awaitTheLoop();
        }
        fixture.run(server.leg()::watch);
        fixture.awaitTheLoop();
        if (!before) {
            assertThat(legListener.heard).doesNotContain("readable");
            server.send(new byte[] {1, 2, 3});
        }
        await().atMost(DataFixture.SECONDS).until(() -> legListener.heard.contains("readable"));
        server.send(new byte[] {4, 5});
        server.fin();

        Wire client = fixture.listened();
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        assertThat(client.readAll()).containsExactly(1, 2, 3, 4, 5);
        client.peer().close();

        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 5, 0));
        assertThat(legListener.heard.stream().filter("readable"::equals)).hasSize(1);
        server.peer().close();
    }

    @Test
    void reportsTheEndOfAWatchedConnection() throws IOException {
        RecordingListener legListener = new RecordingListener();
        Wire server = dialled(legListener);
        fixture.run(server.leg()::watch);

        server.fin();

        await().atMost(DataFixture.SECONDS).until(() -> legListener.heard.contains("readable"));
        Wire client = fixture.listened();
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        assertThat(client.readAll()).isEmpty();
        client.peer().close();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 0));
        server.peer().close();
    }

    /** A watched connection that is never used after all holds one piece, and goes with it. */
    @Test
    void closesAWatchedConnectionWithWhatItHolds() throws IOException {
        RecordingListener legListener = new RecordingListener();
        Wire server = dialled(legListener);
        fixture.run(server.leg()::watch);
        server.send(new byte[100]);
        await().atMost(DataFixture.SECONDS).until(() -> legListener.heard.contains("readable"));

        fixture.run(server.leg()::abort);

        fixture.awaitNothingLeft();
        server.peer().close();
    }

    /** A server that closes its listener without having accepted resets the connection; the client must see an end, no failure. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsInOrderForAClientOfAServerThatResetsBeforeAByte(boolean watched) throws IOException {
        RecordingListener legListener = new RecordingListener();
        Wire server = dialled(legListener);
        if (watched) {
            fixture.run(server.leg()::watch);
        }
        server.rst();
        fixture.awaitTheLoop();
        Wire client = fixture.listened();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));

        assertThat(joined.result()).isEqualTo(new RelayResult(End.SERVER_UNUSED, 0, 0));
        assertThat(client.readAll()).isEmpty();
        client.peer().close();
    }

    /** Bytes that were there before the reset are lost: that is no empty file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isAResetWhereBytesWereThere(boolean watched) throws IOException {
        RecordingListener legListener = new RecordingListener();
        Wire server = dialled(legListener);
        if (watched) {
            fixture.run(server.leg()::watch);
        }
        server.send(new byte[] {1, 2, 3});
        fixture.awaitTheLoop();
        server.rst();
        fixture.awaitTheLoop();
        Wire client = fixture.listened();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));

        assertThat(joined.result().end()).isEqualTo(End.SERVER_RESET);
        client.peer().close();
    }

    private Wire dialled(RecordingListener legListener) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            DataLeg leg = fixture.dial((InetSocketAddress) listener.getLocalSocketAddress(), legListener);
            Socket peer = listener.accept();
            legListener.connected();
            return new Wire(leg, peer);
        }
    }
}
