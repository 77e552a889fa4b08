package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayPlan.Until;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.inspect.Scripted;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What reaches the receiver of a transfer under inspection: on every transport, both ways. */
@Timeout(60)
class InspectedRelayTest {
    private static final int HELD_BACK = 64 << 10;

    record Case(Kind kind, Flow flow) {}

    static Stream<Case> cases() {
        return Kind.available().stream()
                .flatMap(kind -> Stream.of(Flow.DOWNLOAD, Flow.UPLOAD).map(flow -> new Case(kind, flow)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deliversTheWholeFileThatPasses(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            byte[] file = bytes(3_000_000);
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            transfer.send(file);

            assertThat(transfer.receiver.readAll()).isEqualTo(file);
            transfer.endsWith(End.COMPLETE);
            assertThat(inspection.seen.toByteArray()).isEqualTo(file);
            assertThat(transfer.joined.relay().path()).isEqualTo(DataPath.BUFFER);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deliversAnEmptyFile(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Transfer transfer = new Transfer(fixture, one.flow(), new Scripted());

            transfer.send(new byte[0]);

            assertThat(transfer.receiver.readAll()).isEmpty();
            transfer.endsWith(End.COMPLETE);
        }
    }

    /** All but the tail arrives, and then a reset: never an end of file. */
    @ParameterizedTest
    @MethodSource("cases")
    void keepsTheTailOfWhatIsRejectedAtItsEnd(Case one) throws IOException {
        for (int size : new int[] {1, HELD_BACK - 1, HELD_BACK, HELD_BACK + 1, 1_000_000}) {
            try (DataFixture fixture = new DataFixture(one.kind())) {
                Scripted inspection = new Scripted();
                CompletableFuture<InspectionVerdict> verdict = new CompletableFuture<>();
                inspection.onEnd = () -> verdict;
                Transfer transfer = new Transfer(fixture, one.flow(), inspection);

                transfer.send(bytes(size));
                byte[] before = transfer.receiver.peer().getInputStream().readNBytes(Math.max(0, size - HELD_BACK));
                verdict.complete(InspectionVerdict.reject("signature X"));

                assertThat(before).hasSize(Math.max(0, size - HELD_BACK));
                assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
                transfer.endsWith(End.REJECTED);
                assertThat(transfer.joined.result().rejection())
                        .map(Reject::reason)
                        .contains("signature X");
                assertThat(inspection.cancelled).isDone();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutsInTheMiddleWhatIsRejectedThere(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            inspection.onPiece = piece -> Scripted.is(
                    inspection.seen.size() < 500_000 ? InspectionVerdict.PASS : InspectionVerdict.reject("no"));
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            CompletableFuture<Void> sending = transfer.send(bytes(50_000_000));

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            sending.exceptionally(cut -> null).join();
            transfer.endsWith(End.REJECTED);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsNoMoreWhileAVerdictIsAwaited(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            CompletableFuture<InspectionVerdict> first = new CompletableFuture<>();
            CompletableFuture<Void> asked = new CompletableFuture<>();
            AtomicInteger pieces = new AtomicInteger();
            inspection.onPiece = piece -> {
                asked.complete(null);
                return pieces.getAndIncrement() == 0 ? first : Scripted.pass();
            };
            byte[] file = bytes(40_000_000);
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            CompletableFuture<Void> sending = transfer.send(file);
            asked.join();
            fixture.awaitTheLoop();
            int whileAwaited = pieces.get();
            long held = fixture.call(fixture.channels::relayMemoryHeld);
            boolean all = sending.isDone();
            CompletableFuture.runAsync(() -> first.complete(InspectionVerdict.PASS));

            assertThat(transfer.receiver.readAll()).isEqualTo(file);
            transfer.endsWith(End.COMPLETE);
            assertThat(whileAwaited).isEqualTo(1);
            assertThat(all).isFalse();
            assertThat(held).isLessThanOrEqualTo(512 << 10);
            sending.join();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesNothingWhileItHolds(Case one) throws IOException {
        for (int extra : new int[] {-1, 0, 1}) {
            try (DataFixture fixture = new DataFixture(one.kind())) {
                Scripted inspection = new Scripted();
                inspection.terms = new InspectionTerms(HELD_BACK, 300_000, Duration.ofSeconds(20));
                inspection.onPiece = piece -> Scripted.is(InspectionVerdict.HOLD);
                byte[] file = bytes(300_000 + extra);
                Transfer transfer = new Transfer(fixture, one.flow(), inspection);

                transfer.send(file);

                if (extra > 0) {
                    assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
                    transfer.endsWith(End.REJECTED);
                    assertThat(transfer.joined.relay().written(transfer.to)).isZero();
                } else {
                    assertThat(transfer.receiver.readAll()).isEqualTo(file);
                    transfer.endsWith(End.COMPLETE);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesWhatWasHeldOnceItMay(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            inspection.onPiece = piece ->
                    Scripted.is(inspection.seen.size() < 400_000 ? InspectionVerdict.HOLD : InspectionVerdict.PASS);
            byte[] file = bytes(2_000_000);
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            transfer.send(file);

            assertThat(transfer.receiver.readAll()).isEqualTo(file);
            transfer.endsWith(End.COMPLETE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rejectsWhereAVerdictNeverComes(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            inspection.terms = new InspectionTerms(HELD_BACK, HELD_BACK, Duration.ofMillis(50));
            inspection.onEnd = CompletableFuture::new;
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            transfer.send(bytes(100));

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            transfer.endsWith(End.REJECTED);
            assertThat(transfer.joined.result().rejection()).map(Reject::reason).contains("no verdict within 50 ms");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rejectsWhereTheInspectionFails(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            inspection.onPiece = piece -> {
                throw new IllegalStateException("a fault");
            };
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);

            transfer.send(bytes(100)).exceptionally(cut -> null).join();

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            transfer.endsWith(End.REJECTED);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void canBeAbortedWhileAVerdictIsAwaited(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            CompletableFuture<InspectionVerdict> late = new CompletableFuture<>();
            CompletableFuture<Void> asked = new CompletableFuture<>();
            inspection.onPiece = piece -> {
                asked.complete(null);
                return late;
            };
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);
            transfer.send(bytes(100));
            asked.join();

            fixture.run(transfer.joined.relay()::abort);
            late.complete(InspectionVerdict.PASS);

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            transfer.endsWith(End.ABORTED);
            assertThat(inspection.cancelled).isDone();
            assertThat(fixture.call(fixture.channels::relayMemoryHeld)).isZero();
        }
    }

    /** The timeout of verdicts bounds that time, not the one of stalls. */
    @ParameterizedTest
    @MethodSource("cases")
    void isNoStallWhileAVerdictIsAwaited(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            CompletableFuture<InspectionVerdict> late = new CompletableFuture<>();
            inspection.onEnd = () -> {
                fixture.loop.schedule(() -> late.complete(InspectionVerdict.PASS), 600, TimeUnit.MILLISECONDS);
                return late;
            };
            Transfer transfer = new Transfer(fixture, one.flow(), inspection, Duration.ofMillis(200));

            transfer.send(bytes(100));

            assertThat(transfer.receiver.readAll()).hasSize(100);
            transfer.endsWith(End.COMPLETE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holdsBackWhatASlowSenderSendsByteByByte(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Scripted inspection = new Scripted();
            Transfer transfer = new Transfer(fixture, one.flow(), inspection);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            for (int i = 0; i < 200; i++) {
                byte[] some = bytes(700);
                transfer.sender.send(some);
                sent.writeBytes(some);
            }

            InputStream in = transfer.receiver.peer().getInputStream();
            byte[] first = in.readNBytes(200 * 700 - HELD_BACK);
            transfer.sender.fin();
            byte[] rest = in.readAllBytes();

            assertThat(first.length + rest.length).isEqualTo(sent.size());
            transfer.endsWith(End.COMPLETE);
            assertThat(inspection.seen.toByteArray()).isEqualTo(sent.toByteArray());
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    /** A relay that runs, and its ends. */
    private static final class Transfer {
        private final Wire sender;
        private final Wire receiver;
        private final Joined joined;
        private final Side to;

        Transfer(DataFixture fixture, Flow flow, Scripted inspection) throws IOException {
            this(fixture, flow, inspection, Duration.ofSeconds(30));
        }

        Transfer(DataFixture fixture, Flow flow, Scripted inspection, Duration stall) throws IOException {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            to = flow == Flow.UPLOAD ? Side.SERVER : Side.CLIENT;
            sender = flow == Flow.UPLOAD ? client : server;
            receiver = flow == Flow.UPLOAD ? server : client;
            joined = fixture.join(
                    client,
                    server,
                    new RelayPlan(
                            flow,
                            stall,
                            256 << 10,
                            Duration.ofSeconds(5),
                            Until.CLOSED,
                            Optional.empty(),
                            Optional.empty(),
                            TransferTerms.NONE.inspectedBy(Map.of(to, inspection))));
        }

        CompletableFuture<Void> send(byte[] file) {
            return CompletableFuture.runAsync(() -> {
                try {
                    sender.send(file);
                    sender.fin();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void endsWith(End end) throws IOException {
            receiver.peer().close();
            assertThat(joined.result().end()).isEqualTo(end);
            sender.peer().close();
        }
    }
}
