package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.relay.Pacer;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SpliceFlowTest {
    private static final int IN = EpollIoOps.EPOLLIN.value();
    private static final int OUT = EpollIoOps.EPOLLOUT.value();
    private static final int FIN = EpollIoOps.EPOLLRDHUP.value();

    private final boolean possible = Kind.available().contains(Kind.SPLICE);
    private final DataFixture fixture = new DataFixture(possible ? Kind.SPLICE : Kind.NIO);
    private final Wire sender = fixture.listened();
    private final Wire receiver = fixture.dialled();
    private final Pipes pipes = new Pipes();

    SpliceFlowTest() throws IOException {}

    @BeforeEach
    void needsEpoll() {
        assumeTrue(possible);
    }

    @AfterEach
    void close() throws IOException {
        sender.peer().close();
        receiver.peer().close();
        fixture.run(sender.leg()::abort);
        fixture.run(receiver.leg()::abort);
        pipes.close();
        fixture.close();
    }

    @Test
    void movesWhatIsThereAndAsksForMore() throws IOException {
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(pipes);
            sender.send(new byte[100_000]);
            pumpUntil(flow, 100_000);

            assertThat(receiver.peer().getInputStream().readNBytes(100_000)).hasSize(100_000);
            assertThat(flow.sourceInterest()).isEqualTo(IN | FIN);
            assertThat(flow.sinkInterest()).isZero();
            assertThat(flow.readyToShut()).isFalse();
            flow.release();
            assertThat(pipes.idle()).isEqualTo(1);
        }
    }

    @Test
    void takesNothingForTheEndOnlyAfterTheFin() throws Exception {
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(pipes);
            flow.pump();
            assertThat(flow.inputEnded()).isFalse();

            sender.fin();
            flow.onFin();
            flow.pump();

            assertThat(flow.readyToShut()).isTrue();
            assertThat(flow.sourceInterest()).as("nothing more can come").isZero();
            flow.shutSink();
            assertThat(flow.shut()).isTrue();
            assertThat(receiver.readAll()).isEmpty();
            flow.release();
        }
    }

    /** With a kernel that has no end of bytes, one turn would never end. */
    @Test
    void movesNoMoreThanItsBudgetAtOnce() throws Exception {
        AtomicLong moved = new AtomicLong();
        Pipes endless = new Pipes((from, to, length) -> {
            moved.addAndGet(length);
            return length;
        });
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(endless);

            flow.pump();

            assertThat(flow.written()).isLessThanOrEqualTo(2 << 20);
            assertThat(moved.get()).isLessThanOrEqualTo(3 * (2 << 20));
            flow.onFin();
            flow.pump();
            assertThat(flow.wantsAnotherTurn() || flow.sinkInterest() == OUT || flow.sourceInterest() != 0)
                    .isTrue();
            flow.release();
            endless.close();
        }
    }

    @Test
    void waitsForAFullSinkAndReadsNothingMeanwhile() throws IOException {
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(pipes);
            byte[] piece = new byte[100_000];
            while (flow.sinkInterest() == 0) {
                sender.send(piece);
                pump(flow);
            }

            assertThat(flow.sinkInterest()).isEqualTo(OUT);
            assertThat(flow.sourceInterest()).isEqualTo(FIN);
            assertThat(flow.movement()).isGreaterThan(flow.written());
            flow.release();
            assertThat(pipes.idle()).as("it holds bytes").isZero();
        }
    }

    @Test
    void dropsWhatComesOnceItDiscards() throws Exception {
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(pipes);
            sender.send(new byte[1_000]);
            sender.fin();
            flow.discard();
            assertThat(flow.sourceInterest()).isEqualTo(IN | FIN);

            flow.pump();

            assertThat(flow.inputEnded()).isTrue();
            assertThat(flow.written()).isZero();
            assertThat(flow.readyToShut()).isFalse();
            flow.release();
        }
    }

    @Test
    void tellsWhichSideFailed() throws Exception {
        try (Ends ends = new Ends()) {
            SpliceFlow flow = ends.flow(pipes);
            sender.rst();

            assertThatThrownBy(flow::pump).isInstanceOf(SpliceFlow.SourceFailure.class);
            flow.release();
        }
    }

    private static void pumpUntil(SpliceFlow flow, long written) {
        while (flow.written() < written) {
            pump(flow);
        }
    }

    private static void pump(SpliceFlow flow) {
        try {
            flow.onSinkReady();
            flow.pump();
        } catch (SpliceFlow.SourceFailure | SpliceFlow.SinkFailure | SpliceFlow.OverLimit e) {
            throw new AssertionError(e);
        }
    }

    /** The two sockets, taken out of the hands of the loop: the test does what the relay would. */
    private final class Ends implements AutoCloseable {
        private final RawSocket from = fixture.call(((RawLeg) sender.leg())::handOver);
        private final RawSocket to = fixture.call(((RawLeg) receiver.leg())::handOver);

        Ends() {
            fixture.run(from::unwatch);
            fixture.run(to::unwatch);
        }

        SpliceFlow flow(Pipes through) {
            return new SpliceFlow(from, to, through, new Pacer(fixture.loop, List.of(), () -> {}));
        }

        @Override
        public void close() {
            fixture.run(from::abort);
            fixture.run(to::abort);
        }
    }
}
