package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.Descriptors;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.DataRelays;
import io.ftpalg.data.Kind;
import io.ftpalg.data.LoopTime;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayMemory;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not seen from the matrix: fairness, faults, and what is left over. */
@Timeout(60)
class SpliceRelayTest {
    private static final int EINVAL = -22;
    private static final int HANG_UP = 0x10;

    private final DataFixture fixture =
            new DataFixture(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable() && Descriptors.known());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"DOWNLOAD", "UPLOAD"})
    void copiesWhereSpliceDoesNotWork(Flow flow) throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Wire sender = flow == Flow.UPLOAD ? client : server;
        Wire receiver = flow == Flow.UPLOAD ? server : client;
        AtomicInteger asked = new AtomicInteger();
        Pipes pipes = new Pipes((from, to, length) -> {
            asked.incrementAndGet();
            throw new Errors.NativeIoException("splice", EINVAL, false);
        });
        byte[] file = new byte[3_000_000];
        new Random(3).nextBytes(file);
        CompletableFuture<Void> sending = send(sender, file);

        Joined joined = join(pipes, client, server, DataFixture.plan(flow));

        assertThat(Arrays.equals(receiver.readAll(), file)).isTrue();
        receiver.fin();
        RecordingListener.soon(sending);
        assertThat(joined.result())
                .isEqualTo(
                        flow == Flow.UPLOAD
                                ? new RelayResult(End.COMPLETE, 0, file.length)
                                : new RelayResult(End.COMPLETE, file.length, 0));
        assertThat(asked).hasValue(1);
        hangUp(client, server);
    }

    @Test
    void abortsAfterItBeganToCopy() throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Joined joined = join(
                new Pipes((from, to, length) -> {
                    throw new Errors.NativeIoException("splice", EINVAL, false);
                }),
                client,
                server,
                DataFixture.plan(Flow.DOWNLOAD));

        fixture.run(joined.relay()::abort);

        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    /** Events of a closed socket whose number this one has now: they must neither end nor cut a file. */
    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"DOWNLOAD", "UPLOAD"})
    void believesNoEventThatTheKernelDoesNotConfirm(Flow flow) throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Wire sender = flow == Flow.UPLOAD ? client : server;
        Wire receiver = flow == Flow.UPLOAD ? server : client;
        RawSocket source = socket(sender);
        RawSocket sink = socket(receiver);
        Joined joined = join(new Pipes(), client, server, DataFixture.plan(flow));
        byte[] half = new byte[100_000];
        new Random(5).nextBytes(half);

        sender.send(half);
        assertThat(receiver.peer().getInputStream().readNBytes(half.length)).isEqualTo(half);
        for (EpollIoOps stale : List.of(EpollIoOps.EPOLLRDHUP, EpollIoOps.EPOLLERR, EpollIoOps.valueOf(HANG_UP))) {
            fixture.run(() -> tell(source, stale));
            fixture.run(() -> tell(sink, stale));
        }
        sender.send(half);
        sender.fin();

        assertThat(receiver.readAll()).isEqualTo(half);
        receiver.fin();
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        hangUp(client, server);
    }

    @SuppressWarnings("NullAway") // Whose registration it is does not matter.
    private static void tell(RawSocket socket, EpollIoOps ready) {
        socket.handle(null, (EpollIoEvent) () -> ready);
    }

    private RawSocket socket(Wire wire) {
        return Objects.requireNonNull(fixture.call(() -> ((RawLeg) wire.leg()).socket()));
    }

    @Test
    void cutsBothWhenSpliceFailsInTheMiddle() throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Pipes working = new Pipes();
        AtomicLong moved = new AtomicLong();
        Joined joined = join(
                new Pipes((from, to, length) -> {
                    if (moved.get() >= 100_000) {
                        throw new Errors.NativeIoException("splice", EINVAL, false);
                    }
                    int now = working.splice().move(from, to, length);
                    moved.addAndGet(now);
                    return now;
                }),
                client,
                server,
                DataFixture.plan(Flow.DOWNLOAD));

        CompletableFuture<Void> sending = send(server, new byte[1_000_000]).exceptionally(reset -> null);

        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        assertThat(joined.result().end()).isNotEqualTo(End.COMPLETE);
        RecordingListener.soon(sending);
    }

    /** One wake-up moves at most its budget (see SpliceFlowTest), so nobody waits for the whole file of somebody else. */
    @Test
    void movesManyStreamsAndKeepsTimersInTime() throws IOException {
        int streams = 50;
        int size = 20_000_000;
        List<Wire> wires = new ArrayList<>();
        List<Joined> joined = new ArrayList<>();
        List<CompletableFuture<?>> peers = new ArrayList<>();
        List<AtomicLong> received = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicLong latest = watchTimers();
        try {
            for (int i = 0; i < streams; i++) {
                Wire client = fixture.listened();
                Wire server = fixture.dialled();
                wires.addAll(List.of(client, server));
                joined.add(fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD)));
                received.add(new AtomicLong());
            }
            for (int i = 0; i < streams; i++) {
                Wire client = wires.get(2 * i);
                Wire server = wires.get(2 * i + 1);
                AtomicLong mine = received.get(i);
                peers.add(CompletableFuture.runAsync(() -> sendAll(server, size), threads));
                peers.add(CompletableFuture.runAsync(() -> receiveAll(client, mine), threads));
            }
            for (CompletableFuture<?> peer : peers) {
                peer.orTimeout(50, TimeUnit.SECONDS).join();
            }

            assertThat(received).allMatch(got -> got.get() == size);
            assertThat(joined).allMatch(one -> one.result().equals(new RelayResult(End.COMPLETE, size, 0)));
            assertThat(Duration.ofNanos(latest.get())).as("the latest timer").isLessThan(Duration.ofSeconds(2));
        } finally {
            threads.shutdownNow();
            hangUp(wires.toArray(Wire[]::new));
        }
    }

    /** Runs a timer every millisecond; the number is by how much the latest was late. */
    private AtomicLong watchTimers() {
        AtomicLong latest = new AtomicLong();
        fixture.run(() -> fixture.loop.scheduleAtFixedRate(
                new Runnable() {
                    private long last = System.nanoTime();

                    @Override
                    public void run() {
                        long now = System.nanoTime();
                        latest.set(Math.max(latest.get(), now - last - TimeUnit.MILLISECONDS.toNanos(1)));
                        last = now;
                    }
                },
                1,
                1,
                TimeUnit.MILLISECONDS));
        return latest;
    }

    @Test
    void doesNotSpinWhileManyPairsAreIdle() throws IOException {
        List<Wire> wires = new ArrayList<>();
        List<Joined> joined = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            wires.addAll(List.of(client, server));
            joined.add(fixture.join(client, server, DataFixture.plan(i % 2 == 0 ? Flow.DOWNLOAD : Flow.UPLOAD)));
        }

        assertThat(LoopTime.spentBy(fixture)).isLessThan(LoopTime.IDLE);

        fixture.run(() -> joined.forEach(one -> one.relay().abort()));
        hangUp(wires.toArray(Wire[]::new));
    }

    /** The ways to stay half open for long: each must wait for an event, not ask for one that is always there. */
    @ParameterizedTest
    @EnumSource(Idle.class)
    void doesNotSpinWhileItWaits(Idle idle) throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
        if (idle == Idle.RECEIVER_DOES_NOT_READ) {
            sending = CompletableFuture.runAsync(
                    () -> {
                        try {
                            server.send(new byte[30_000_000]);
                        } catch (IOException e) {
                            // Cut at the end of the test.
                        }
                    },
                    task -> new Thread(task, "sender").start());
        }
        Joined joined = fixture.join(
                client, server, DataFixture.plan(idle == Idle.ONE_ENDED_OF_BOTH ? Flow.BOTH : Flow.DOWNLOAD));
        switch (idle) {
            case RECEIVER_ENDED -> client.fin();
            case SENDER_ENDED, ONE_ENDED_OF_BOTH -> server.fin();
            case RECEIVER_DOES_NOT_READ -> awaitFull(client);
        }
        fixture.awaitTheLoop();

        assertThat(LoopTime.spentBy(fixture)).isLessThan(LoopTime.IDLE);

        assertThat(joined.future()).isNotDone();
        fixture.run(joined.relay()::abort);
        hangUp(client, server);
        RecordingListener.soon(sending);
    }

    enum Idle {
        RECEIVER_ENDED,
        SENDER_ENDED,
        ONE_ENDED_OF_BOTH,
        RECEIVER_DOES_NOT_READ
    }

    /** Waits until nothing more arrives at a reader that does not read. */
    private static void awaitFull(Wire reader) {
        int[] last = {-1};
        await().atMost(DataFixture.SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
            int now = reader.peer().getInputStream().available();
            boolean full = now > 0 && now == last[0];
            last[0] = now;
            return full;
        });
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    void cutsBothWhenNoByteMoves(Flow flow) throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();

        Joined joined = fixture.join(
                client, server, new RelayPlan(flow, Duration.ofMillis(60), 1 << 16, Duration.ofSeconds(1)));

        assertThat(joined.result().end()).isEqualTo(End.STALLED);
        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    @Test
    void usesThePipesAgain() throws IOException {
        fixture.awaitTheLoop();
        long before = Descriptors.count("pipe");
        for (int i = 0; i < 5; i++) {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
            server.send(new byte[1_000]);
            server.fin();
            assertThat(client.readAll()).hasSize(1_000);
            client.fin();
            assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
            hangUp(client, server);
        }

        assertThat(Descriptors.count("pipe")).isLessThanOrEqualTo(before + 4);
        fixture.run(fixture.channels::close);
        assertThat(Descriptors.count("pipe")).isEqualTo(before);
    }

    @Test
    void leavesNoPipeBehindWhenItsLoopEndsInTheMiddle() throws IOException {
        long before = Descriptors.count("pipe");
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        server.send(new byte[1_000]);
        assertThat(client.peer().getInputStream().readNBytes(1_000)).hasSize(1_000);

        fixture.stop();
        fixture.channels.close();

        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
        assertThat(fixture.open()).isZero();
        assertThat(Descriptors.count("pipe")).isLessThanOrEqualTo(before);
    }

    private Joined join(Pipes pipes, Wire client, Wire server, RelayPlan plan) {
        CompletableFuture<RelayResult> result = new CompletableFuture<>();
        DataRelays relays = new DataRelays(fixture.loop, pipes, new RelayMemory(0));
        DataRelay relay =
                fixture.call(() -> relays.join(client.leg(), server.leg(), plan, end -> assertThat(result.complete(end))
                        .as("ends once")
                        .isTrue()));
        return new Joined(relay, result);
    }

    private static CompletableFuture<Void> send(Wire sender, byte[] file) {
        return CompletableFuture.runAsync(() -> {
            try {
                sender.send(file);
                sender.fin();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void sendAll(Wire sender, int size) {
        try {
            byte[] piece = new byte[100_000];
            for (int sent = 0; sent < size; sent += piece.length) {
                sender.send(piece);
            }
            sender.fin();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void receiveAll(Wire receiver, AtomicLong received) {
        byte[] piece = new byte[100_000];
        try {
            for (int got = 0; got >= 0; got = receiver.peer().getInputStream().read(piece)) {
                received.addAndGet(got);
            }
            receiver.fin();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void hangUp(Wire... wires) throws IOException {
        for (Wire wire : wires) {
            wire.peer().close();
        }
    }
}
