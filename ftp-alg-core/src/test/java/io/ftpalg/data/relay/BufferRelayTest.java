package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.protocol.Side;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.ftpalg.data.Kind#available")
@ExtendWith(NettyLeakDetectorExtension.class)
@Timeout(15)
class BufferRelayTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final DataFixture fixture;
    private final Wire client;
    private final Wire server;

    BufferRelayTest(Kind kind) throws IOException {
        fixture = new DataFixture(kind);
        client = fixture.listened();
        server = fixture.dialled();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        client.peer().close();
        server.peer().close();
        fixture.close();
    }

    @Test
    void keepsTheOtherDirectionAliveAfterOneEnded() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.BOTH));

        client.send(HELLO);
        client.fin();
        assertThat(server.readAll()).isEqualTo(HELLO);
        server.send(HELLO);
        server.send(HELLO);
        server.fin();

        assertThat(client.readAll()).hasSize(10);
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 10, 5));
    }

    /** Neither bytes nor the end of an upload reach the server behind an ABOR: half a file would be a whole one. */
    @Test
    void passesNothingMoreOnceItIsToBeCutLater() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        client.send(HELLO);
        assertThat(server.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        fixture.run(() -> joined.relay().abortAfter(Duration.ofHours(1)));
        client.send(HELLO);
        client.fin();
        fixture.awaitTheLoop();

        server.peer().setSoTimeout(50);
        assertThatThrownBy(() -> server.peer().getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        fixture.run(joined.relay()::abort);
        server.peer().setSoTimeout(8_000);
        assertThatThrownBy(() -> server.peer().getInputStream().read()).isInstanceOf(SocketException.class);
        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
    }

    /**
     * The end of an upload is passed on a turn later than it is read. A client under TLS may reset its connection in between,
     * since it has closed it and receives the reply to its close_notify.
     */
    @Test
    void completesAnUploadWhoseClientResetsBehindItsEnd() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        assumeTrue(joined.relay() instanceof BufferRelay, "splice passes its end on as it reads it");
        BufferRelay relay = (BufferRelay) joined.relay();
        client.send(HELLO);
        assertThat(server.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        fixture.run(() -> {
            relay.inputEnd(Side.CLIENT);
            relay.broken(Side.CLIENT, new IOException("Connection reset by peer"));
        });

        assertThat(server.peer().getInputStream().read()).isEqualTo(-1);
        server.fin();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 5));
    }

    @Test
    void downloadsToAClientThatClosedItsOwnDirectionFirst() throws IOException {
        client.fin();
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        assertThat(server.peer().getInputStream().read()).isEqualTo(-1);

        server.send(HELLO);
        server.fin();

        assertThat(client.readAll()).isEqualTo(HELLO);
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 5, 0));
    }

    @Test
    void waitsForTheReceiversFinBeforeItIsComplete() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));

        server.fin();
        assertThat(client.peer().getInputStream().read()).isEqualTo(-1);
        boolean early = joined.future().isDone();
        client.fin();

        assertThat(early).isFalse();
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void completesWithoutTheReceiversFinAfterTheLinger() throws IOException {
        Duration linger = Duration.ofMillis(50);
        // Before the relay begins, whose time without a byte is shorter than a busy machine needs to send it.
        server.fin();

        Joined joined =
                fixture.join(client, server, new RelayPlan(Flow.DOWNLOAD, Duration.ofMillis(10), 1 << 16, linger));

        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        assertThat(client.peer().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void losesNothingToAReceiverThatTalksWhileItIsSentTheEnd() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        byte[] file = new byte[300_000];

        server.send(file);
        server.fin();
        client.send(new byte[10_000]);
        byte[] got = client.readAll();
        client.send(new byte[10_000]);
        client.fin();

        assertThat(got).isEqualTo(file);
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    void passesOnWhatWasSentAndClosedBeforeItBegan(Flow flow) throws IOException {
        Wire sender = flow == Flow.UPLOAD ? client : server;
        Wire receiver = flow == Flow.UPLOAD ? server : client;
        byte[] file = new byte[100_000];
        new Random(1).nextBytes(file);
        sender.send(file);
        sender.fin();
        fixture.awaitTheLoop();

        Joined joined = fixture.join(client, server, DataFixture.plan(flow));

        assertThat(receiver.readAll()).isEqualTo(file);
        receiver.fin();
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void tellsAResetOfTheClientBeforeItBegan() throws IOException {
        client.send(HELLO);
        client.rst();
        fixture.awaitTheLoop();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));

        assertThat(joined.result().end()).isEqualTo(End.CLIENT_RESET);
        assertReset(server);
    }

    @Test
    void tellsAResetOfTheServerBeforeItBegan() throws IOException {
        server.rst();
        fixture.awaitTheLoop();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));

        assertThat(joined.result().end()).isEqualTo(End.SERVER_UNUSED);
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void resetsAnUploadWhoseServerClosedInTheMiddle() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        client.send(HELLO);
        assertThat(server.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        server.peer().close();
        assertThat(client.peer().getInputStream().read()).isEqualTo(-1);
        client.send(HELLO);

        assertThat(joined.result().end()).isEqualTo(End.SERVER_RESET);
        assertThatThrownBy(() -> sendForEver(client)).isInstanceOf(IOException.class);
    }

    @Test
    void resetsADownloadWhoseClientClosedInTheMiddle() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        server.send(HELLO);
        assertThat(client.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        client.peer().close();
        assertThat(server.peer().getInputStream().read()).isEqualTo(-1);

        assertThatThrownBy(() -> sendForEver(server)).isInstanceOf(IOException.class);
        assertThat(joined.result().end()).isEqualTo(End.CLIENT_RESET);
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    void cutsBothWhenNoByteMoves(Flow flow) throws IOException {
        Joined joined = fixture.join(
                client, server, new RelayPlan(flow, Duration.ofMillis(60), 1 << 16, Duration.ofSeconds(1)));

        assertThat(joined.result().end()).isEqualTo(End.STALLED);
        assertReset(client);
        assertReset(server);
    }

    @Test
    void doesNotStallWhileAReaderTakesALittle() throws IOException {
        Joined joined = fixture.join(
                client, server, new RelayPlan(Flow.DOWNLOAD, Duration.ofMillis(400), 1 << 18, Duration.ofSeconds(5)));
        CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> sendAndFin(server, new byte[8_000_000]));
        InputStream in = client.peer().getInputStream();
        long got = 0;

        for (byte[] piece = new byte[200_000];
                got < 8_000_000;
                got += Math.max(0, in.readNBytes(piece, 0, piece.length))) {
            LockSupport.parkNanos(20_000_000);
        }

        assertThat(in.read()).isEqualTo(-1);
        client.fin();
        assertThat(RecordingListener.soon(sent)).isTrue();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 8_000_000, 0));
    }

    @Test
    void abortResetsBothAndTellsOnce() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        client.send(HELLO);
        assertThat(server.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        fixture.run(() -> {
            joined.relay().abort();
            joined.relay().abort();
        });

        assertThat(joined.result()).isEqualTo(new RelayResult(End.ABORTED, 0, 5));
        assertReset(client);
        assertReset(server);
    }

    @Test
    void resetsBothWhenTheEventLoopEnds() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));
        client.send(HELLO);
        assertThat(server.peer().getInputStream().readNBytes(5)).isEqualTo(HELLO);

        fixture.stop();

        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        assertReset(server);
        assertReset(client);
    }

    @Test
    void neverTellsFromInsideTheCall() throws IOException {
        client.rst();
        fixture.awaitTheLoop();
        CompletableFuture<RelayResult> result = new CompletableFuture<>();

        boolean inside = fixture.call(() -> {
            DataRelay relay =
                    fixture.channels.relay(client.leg(), server.leg(), DataFixture.plan(Flow.UPLOAD), result::complete);
            relay.abort();
            return result.isDone();
        });

        assertThat(inside).isFalse();
        assertThat(RecordingListener.soon(result).end()).isNotEqualTo(End.COMPLETE);
    }

    /** D25: what a transfer holds for a reader that does not read, and that every byte comes once it does. */
    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"DOWNLOAD", "UPLOAD"})
    void holdsNoMoreThanBothBuffersForAReaderThatStalls(Flow flow) throws IOException {
        Wire sender = flow == Flow.UPLOAD ? client : server;
        Wire receiver = flow == Flow.UPLOAD ? server : client;
        byte[] file = new byte[30_000_000];
        new Random(2).nextBytes(file);
        Joined joined = fixture.join(client, server, DataFixture.plan(flow));
        CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> sendAndFin(sender, file));
        long[] last = {-1};

        await().atMost(DataFixture.SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
            long before = last[0];
            last[0] = receiver.peer().getInputStream().available();
            return last[0] > 0 && last[0] == before;
        });

        assertThat(fixture.call(fixture.channels::relayMemoryHeld))
                .isLessThanOrEqualTo(2L * DataFixture.plan(flow).buffer());
        assertThat(Arrays.equals(receiver.readAll(), file)).isTrue();
        receiver.fin();
        assertThat(RecordingListener.soon(sent)).isTrue();
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
        assertThat(fixture.call(fixture.channels::relayMemoryHeld)).isZero();
    }

    @Test
    void givesBackItsMemoryWhenItIsCutBeforeAStalledReader() throws IOException {
        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.DOWNLOAD));
        CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> sendAndFin(server, new byte[30_000_000]));
        // Without splice a reader that does not read makes the relay hold something.
        boolean copies = joined.relay() instanceof BufferRelay;
        await().atMost(DataFixture.SECONDS)
                .until(() -> !copies
                        || fixture.call(fixture.channels::relayMemoryHeld) > 0
                                && client.peer().getInputStream().available() > 0);

        fixture.run(joined.relay()::abort);

        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        assertThat(RecordingListener.soon(sent)).isFalse();
        await().atMost(DataFixture.SECONDS).until(() -> fixture.call(fixture.channels::relayMemoryHeld) == 0);
    }

    private static void assertReset(Wire wire) {
        assertThatThrownBy(wire::readAll).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    private static void sendForEver(Wire wire) throws IOException {
        for (byte[] piece = new byte[1 << 16]; ; ) {
            wire.send(piece);
        }
    }

    private static boolean sendAndFin(Wire wire, byte[] bytes) {
        try {
            wire.send(bytes);
            wire.fin();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
