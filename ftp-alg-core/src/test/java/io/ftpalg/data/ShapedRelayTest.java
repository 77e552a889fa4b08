package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayPlan.Until;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.RateLimit;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many bytes a transfer moves, and how fast, by its terms: on every transport, both ways. */
@Timeout(60)
class ShapedRelayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int RATE = 4_000_000;

    record Case(Kind kind, Flow flow) {}

    static Stream<Case> cases() {
        return Kind.available().stream()
                .flatMap(kind -> Stream.of(Flow.DOWNLOAD, Flow.UPLOAD).map(flow -> new Case(kind, flow)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNeverAheadOfItsRate(Case one) throws IOException {
        isNeverAheadOf(RATE, RATE * 2, one);
    }

    /** The kernel has all of the file, and the FIN behind it, before the first byte is passed on. */
    @ParameterizedTest
    @MethodSource("cases")
    void isNeverAheadOfItsRateWhenTheSenderHasEnded(Case one) throws IOException {
        isNeverAheadOf(400_000, 60_000, one);
    }

    /**
     * Bytes may arrive later than they were sent, and never earlier: how slow depends on the machine, too. Ahead may be the burst of 20 ms, and
     * what is granted for the next 10 ms, twice.
     */
    private static void isNeverAheadOf(long rate, int length, Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            long start = System.nanoTime();
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(new RateLimit(rate)));
            byte[] file = bytes(length);

            CompletableFuture<Void> sending = transfer.send(file);
            List<long[]> arrivals = arrivals(transfer.receiver);
            sending.join();

            long all = 0;
            for (long[] arrival : arrivals) {
                all += arrival[1];
                assertThat(all).isLessThanOrEqualTo(rate * (arrival[0] - start) / SECOND + rate / 25);
            }
            assertThat(all).isEqualTo(file.length);
            transfer.endsWith(End.COMPLETE, file.length);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deliversTheWholeFileUnderSeveralLimits(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            byte[] file = bytes(3_000_000);
            Transfer transfer = new Transfer(
                    fixture,
                    one.flow(),
                    List.of(new RateLimit(50_000_000, 0), new ByteQuota(file.length), new RateLimit(30_000_000, 1000)));

            CompletableFuture<Void> sending = transfer.send(file);

            assertThat(transfer.receiver.readAll()).isEqualTo(file);
            sending.join();
            transfer.endsWith(End.COMPLETE, file.length);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutsWhatHasOneByteMoreThanItsQuota(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            ByteQuota quota = new ByteQuota(500_000);
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(quota));

            CompletableFuture<Void> sending = transfer.send(bytes(500_001));

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            sending.exceptionally(cut -> null).join();
            assertThat(transfer.joined.result().end()).isEqualTo(End.OVER_LIMIT);
            assertThat(quota.left()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutsAtOnceWhatHasNothingLeft(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(new RateLimit(RATE), new ByteQuota(0)));

            CompletableFuture<Void> sending = transfer.send(bytes(1));

            assertThatThrownBy(transfer.receiver::readAll).isInstanceOf(SocketException.class);
            sending.exceptionally(cut -> null).join();
            assertThat(transfer.joined.result().end()).isEqualTo(End.OVER_LIMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEmptyFileNeedsNoBytes(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(new ByteQuota(0)));

            transfer.send(new byte[0]).join();

            assertThat(transfer.receiver.readAll()).isEmpty();
            transfer.endsWith(End.COMPLETE, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesBackWhatItDidNotMove(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            ByteQuota quota = new ByteQuota(1_000_000);
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(quota));

            transfer.send(bytes(1000)).join();
            assertThat(transfer.receiver.readAll()).hasSize(1000);
            transfer.endsWith(End.COMPLETE, 1000);

            assertThat(quota.left()).isEqualTo(999_000);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void canBeCutWhileItWaits(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            Transfer transfer = new Transfer(fixture, one.flow(), List.of(new RateLimit(1, 0)));
            CompletableFuture<Void> sending = transfer.send(bytes(100_000));
            assertThat(transfer.receiver.peer().getInputStream().read()).isNotNegative();

            fixture.run(transfer.joined.relay()::abort);

            assertThat(transfer.joined.result().end()).isEqualTo(End.ABORTED);
            transfer.receiver.peer().close();
            sending.exceptionally(cut -> null).join();
        }
    }

    /** Two that share a limit, on one loop. */
    @ParameterizedTest
    @MethodSource("cases")
    void sharesALimitEvenly(Case one) throws IOException {
        try (DataFixture fixture = new DataFixture(one.kind())) {
            RateLimit shared = new RateLimit(RATE);
            Transfer first = new Transfer(fixture, one.flow(), List.of(shared));
            Transfer second = new Transfer(fixture, one.flow(), List.of(shared));
            byte[] file = bytes(RATE / 2);

            CompletableFuture<Void> firstSends = first.send(file);
            CompletableFuture<Void> secondSends = second.send(file);
            CompletableFuture<Long> ofSecond = CompletableFuture.supplyAsync(() -> {
                List<long[]> arrivals = arrivals(second.receiver);
                return arrivals.get(arrivals.size() - 1)[0];
            });
            List<long[]> ofFirst = arrivals(first.receiver);
            long firstEnded = ofFirst.get(ofFirst.size() - 1)[0];

            assertThat(Math.abs(ofSecond.join() - firstEnded)).isLessThan(SECOND / 4);
            CompletableFuture.allOf(firstSends, secondSends).join();
            first.endsWith(End.COMPLETE, file.length);
            second.endsWith(End.COMPLETE, file.length);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    /** Returns what arrived: when, and how many bytes. */
    private static List<long[]> arrivals(Wire receiver) {
        List<long[]> arrivals = new ArrayList<>();
        byte[] piece = new byte[1 << 16];
        try {
            InputStream in = receiver.peer().getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                arrivals.add(new long[] {System.nanoTime(), read});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arrivals;
    }

    /** A relay that runs, and its ends. */
    private static final class Transfer {
        private final Wire sender;
        private final Wire receiver;
        private final Joined joined;
        private final Side to;

        Transfer(DataFixture fixture, Flow flow, List<ByteAllowance> allowances) throws IOException {
            Wire client = fixture.listened();
            Wire server = fixture.dialled();
            to = flow == Flow.UPLOAD ? Side.SERVER : Side.CLIENT;
            sender = flow == Flow.UPLOAD ? client : server;
            receiver = flow == Flow.UPLOAD ? server : client;
            TransferTerms terms = flow == Flow.UPLOAD
                    ? new TransferTerms(List.of(), allowances)
                    : new TransferTerms(allowances, List.of());
            joined = fixture.join(
                    client,
                    server,
                    new RelayPlan(
                            flow,
                            Duration.ofSeconds(30),
                            256 << 10,
                            Duration.ofSeconds(5),
                            Until.CLOSED,
                            Optional.empty(),
                            Optional.empty(),
                            terms));
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

        void endsWith(End end, long bytes) throws IOException {
            receiver.peer().close();
            assertThat(joined.result().end()).isEqualTo(end);
            assertThat(joined.relay().written(to)).isEqualTo(bytes);
            sender.peer().close();
        }
    }
}
