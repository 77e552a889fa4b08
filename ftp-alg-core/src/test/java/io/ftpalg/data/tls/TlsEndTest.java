package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.Tls;
import io.ftpalg.data.TlsPair;
import io.ftpalg.data.TlsPair.Peer;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both legs under TLS, where a test does not say otherwise. */
@ParameterizedClass
@MethodSource("io.ftpalg.data.Tls#available")
@ExtendWith(NettyLeakDetectorExtension.class)
@Timeout(15)
class TlsEndTest {
    /** A record that no key fits to. */
    private static final byte[] FORGED = {
        23, 3, 3, 0, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2
    };

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final Tls tls;
    private final Tls.Leg clientTls;
    private final Tls.Leg serverTls;
    private final TlsPair pair = new TlsPair(Kind.NIO, true, true);
    private final Peer client = pair.client;
    private final Peer server = pair.server;

    TlsEndTest(Tls tls) throws IOException {
        this.tls = tls;
        this.clientTls = tls.leg(Side.CLIENT);
        this.serverTls = tls.leg(Side.SERVER);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        pair.close();
    }

    @Test
    void takesAClientHelloThatCameBeforeTheRelay() throws IOException {
        client.wire.peer().setSoTimeout(8_000);
        CompletableFuture<Boolean> secured = later(client::secure);
        pair.fixture.awaitTheLoop();

        Joined joined = join(Flow.UPLOAD, clientTls, serverTls);

        assertThat(RecordingListener.soon(secured)).isTrue();
        client.send(HELLO, 5);
        client.end();
        assertThat(server.readSecured()).isEqualTo(HELLO);
        server.end();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 5));
    }

    @Test
    void movesNoByteBeforeBothHandshakesAreDone() throws IOException {
        Joined joined = join(Flow.UPLOAD, clientTls, serverTls);
        client.send(new byte[1_000], 1_000);
        client.send(HELLO, 5);
        pair.fixture.awaitTheLoop();
        long held = pair.fixture.call(pair.fixture.channels::relayMemoryHeld);

        client.end();
        byte[] got = server.readSecured();
        server.end();

        assertThat(held).isZero();
        assertThat(got).hasSize(1_005);
        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
    }

    /** A client that has sent all and closed answers what still comes with RST, and takes its unsent bytes with it. */
    @Test
    void sendsASenderNothingBeforeItsEnd() throws IOException {
        Joined joined = join(Flow.UPLOAD, clientTls, serverTls);
        server.secure();
        client.send(HELLO, 5);
        assertThat(server.input().readNBytes(5)).isEqualTo(HELLO);

        int early = client.wire.peer().getInputStream().available();

        assertThat(early).as("bytes on the wire").isZero();
        client.end();
        assertThat(client.readAll()).as("its end, whatever came before").isEmpty();
        server.end();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 5));
    }

    @Test
    void failsWhenThePeerSpeaksNoTls() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);

        client.wire.send("this is no TLS record at all".getBytes(StandardCharsets.US_ASCII));

        assertThat(joined.result().end()).isEqualTo(End.TLS_FAILED);
        assertReset(server);
    }

    @Test
    void failsWhenTheHandshakeTakesTooLong() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls.timeout(60), serverTls);

        assertThat(joined.result().end()).isEqualTo(End.TLS_FAILED);
        assertReset(server);
    }

    @Test
    void failsWhenThePeerEndsDuringTheHandshake() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);

        client.fin();

        assertThat(joined.result().end()).isEqualTo(End.TLS_FAILED);
        assertReset(server);
    }

    @Test
    void isAResetWhenThePeerResetsDuringTheHandshake() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);

        client.rst();

        assertThat(joined.result().end()).isEqualTo(End.CLIENT_RESET);
        assertReset(server);
    }

    @Test
    void failsWhenTheOwnerRefuses() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls.refusing("another certificate"));

        var unused = later(server::secure);

        assertThat(joined.result())
                .isEqualTo(new RelayResult(
                        End.TLS_FAILED,
                        0,
                        0,
                        Optional.of(new RelayResult.TlsFault(Side.SERVER, TlsFailure.other("another certificate")))));
        assertReset(client);
    }

    @Test
    void failsWhenTheOwnerCannotMakeAHandler() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, new Tls.Leg(allocator -> {
            throw new IllegalStateException("made by a test");
        }));

        assertThat(joined.result())
                .isEqualTo(new RelayResult(
                        End.TLS_FAILED,
                        0,
                        0,
                        Optional.of(new RelayResult.TlsFault(
                                Side.SERVER, TlsFailure.other("java.lang.IllegalStateException: made by a test")))));
        assertReset(client);
        assertReset(server);
    }

    @Test
    void isCutAtOnceByAnAbortDuringTheHandshake() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);
        pair.fixture.run(joined.relay()::abort);

        assertThat(joined.result()).isEqualTo(new RelayResult(End.ABORTED, 0, 0));
        assertReset(client);
        assertReset(server);
    }

    @Test
    void isCutWithoutCloseNotifyByAnAbortInTheMiddle() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);
        server.send(HELLO, 5);
        client.secure();
        assertThat(client.input().readNBytes(5)).isEqualTo(HELLO);

        pair.fixture.run(joined.relay()::abort);

        assertThat(joined.result().end()).isEqualTo(End.ABORTED);
        assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    @ParameterizedTest
    @EnumSource(Flow.class)
    void takesFinAloneForTheEndIfThatIsAllowed(Flow flow) throws IOException {
        Peer sender = pair.sender(flow);
        Peer receiver = pair.receiver(flow);
        Joined joined = join(flow, clientTls.lenient(), serverTls.lenient());
        receiver.secure();
        sender.send(HELLO, 5);
        sender.fin();

        assertThat(receiver.readAll()).isEqualTo(HELLO);
        receiver.end();

        assertThat(joined.result().end()).isEqualTo(End.COMPLETE);
    }

    /** A session ticket of TLS 1.3 may come there, and the end of the receiver is the end of the relay. */
    @Test
    void takesTheEndOfAReceiverThatSendsSomethingBehindOurs() throws IOException {
        Joined joined = pair.join(new RelayPlan(
                Flow.UPLOAD,
                Duration.ofSeconds(30),
                256 << 10,
                Duration.ofHours(1),
                RelayPlan.Until.CLOSED,
                Optional.of(clientTls),
                Optional.of(serverTls),
                TransferTerms.NONE));
        server.secure();
        client.send(HELLO, 5);
        client.end();
        assertThat(server.input().readNBytes(5)).isEqualTo(HELLO);
        InputStream below = server.wire.peer().getInputStream();
        await().until(() -> below.available() > 0);

        server.send(HELLO, 5);
        pair.fixture.awaitTheLoop();
        server.end();

        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksNoCloseNotifyOfTheReceiver(boolean reset) throws IOException {
        Joined joined = join(Flow.UPLOAD, clientTls, serverTls);
        server.secure();
        client.send(HELLO, 5);
        client.end();
        assertThat(server.readAll()).isEqualTo(HELLO);

        if (reset) {
            server.rst();
        } else {
            server.fin();
        }

        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, 5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"DOWNLOAD", "UPLOAD"})
    void passesAResetOnAsAReset(Flow flow) throws IOException {
        Joined joined = join(flow, clientTls, serverTls);
        Peer sender = pair.sender(flow);
        pair.receiver(flow).secure();
        sender.send(HELLO, 5);
        assertThat(pair.receiver(flow).input().readNBytes(5)).isEqualTo(HELLO);

        sender.rst();

        assertThatThrownBy(pair.receiver(flow)::readAll).isInstanceOf(SocketException.class);
        assertThat(joined.result().end()).isEqualTo(flow == Flow.DOWNLOAD ? End.SERVER_RESET : End.CLIENT_RESET);
    }

    @Test
    void failsWhenWhatComesCannotBeDecrypted() throws IOException {
        Joined joined = join(Flow.UPLOAD, clientTls, serverTls);
        server.secure();
        client.send(HELLO, 5);
        assertThat(server.input().readNBytes(5)).isEqualTo(HELLO);

        client.wire.send(FORGED);

        assertThat(joined.result().end()).isEqualTo(End.TLS_FAILED);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    @Test
    void takesNoEndBehindWhatCannotBeDecrypted() throws IOException {
        Joined joined = join(Flow.UPLOAD, clientTls.lenient(), serverTls.lenient());
        server.secure();
        client.send(HELLO, 5);
        client.wire.send(FORGED);
        client.fin();

        assertThat(joined.result().end()).isEqualTo(End.TLS_FAILED);
    }

    @Test
    void holdsNoMoreThanItMayWhenTheReaderStalls() throws IOException {
        Joined joined = join(Flow.DOWNLOAD, clientTls, serverTls);
        client.wire.peer().setReceiveBufferSize(1 << 16);
        client.secure();
        byte[] file = new byte[40_000_000];
        CompletableFuture<Boolean> sent = later(() -> {
            server.send(file, file.length);
            server.end();
        });
        InputStream in = client.input();
        assertThat(in.readNBytes(1_000)).hasSize(1_000);

        // The clock is a timer of the loop: until then the reader takes nothing.
        assertThat(pair.fixture
                        .loop
                        .schedule(() -> {}, 300, TimeUnit.MILLISECONDS)
                        .awaitUninterruptibly(8_000))
                .isTrue();

        assertThat(pair.fixture.call(pair.fixture.channels::relayMemoryHeld)).isLessThan(600_000);
        assertThat(sent).isNotDone();
        assertThat(in.readAllBytes()).hasSize(file.length - 1_000);
        client.end();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, file.length, 0));
        assertThat(RecordingListener.soon(sent)).isTrue();
    }

    @Test
    void doesNotCountTheHandshakeAsAStall() throws IOException {
        Joined joined = pair.join(new RelayPlan(
                Flow.DOWNLOAD,
                Duration.ofMillis(40),
                1 << 18,
                Duration.ofSeconds(5),
                RelayPlan.Until.CLOSED,
                Optional.of(clientTls),
                Optional.of(serverTls),
                TransferTerms.NONE));
        assertThat(pair.fixture
                        .loop
                        .schedule(() -> {}, 200, TimeUnit.MILLISECONDS)
                        .awaitUninterruptibly(8_000))
                .isTrue();
        boolean early = joined.future().isDone();

        client.secure();
        server.secure();

        assertThat(early).as(tls.version()).isFalse();
        assertThat(joined.result().end()).isEqualTo(End.STALLED);
    }

    private Joined join(Flow flow, LegTls toClient, LegTls toServer) {
        return pair.join(TlsPair.plan(flow, Optional.of(toClient), Optional.of(toServer)));
    }

    /** Below TLS. */
    private static void assertReset(Peer peer) {
        assertThatThrownBy(peer.wire::readAll).isInstanceOf(SocketException.class);
    }

    interface Doing {
        void run() throws IOException;
    }

    private static CompletableFuture<Boolean> later(Doing doing) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        doing.run();
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                task -> new Thread(task, "peer").start());
    }
}
