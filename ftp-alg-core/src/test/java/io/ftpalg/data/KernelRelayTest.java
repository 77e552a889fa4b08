package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.kernel.FlowEnd;
import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.kernel.FlowListener;
import io.ftpalg.data.kernel.FlowProgress;
import io.ftpalg.data.kernel.KernelFlow;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Side;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class KernelRelayTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4711);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final EventLoop loop = new DefaultEventLoop();
    private final Kernel kernel = new Kernel();
    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private final List<RelayResult> results = new CopyOnWriteArrayList<>();
    private KernelRelay relay = relay(Side.CLIENT);

    /** The kernel, as a relay sees it: what it was asked for, and what it answers. */
    private final class Kernel implements KernelFlow {
        private @Nullable FlowListener events;
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile @Nullable FlowProgress progress;

        @Override
        public void remove() {
            asked.add("remove");
        }

        @Override
        public void cut() {
            asked.add("cut");
        }

        @Override
        public void poll(Consumer<FlowProgress> now) {
            asked.add("poll");
            FlowProgress answer = progress;
            if (answer != null) {
                loop.execute(() -> now.accept(answer));
            }
        }

        private FlowListener events() {
            return Objects.requireNonNull(events);
        }
    }

    private KernelRelay relay(Side peer) {
        return on(() -> new KernelRelay(
                loop,
                peer,
                new KernelRelay.Listener() {
                    @Override
                    public void onReady() {
                        heard.add("ready");
                    }

                    @Override
                    public void onUnavailable(String reason) {
                        heard.add("unavailable: " + reason);
                    }

                    @Override
                    public void onConnected(InetSocketAddress from) {
                        heard.add(from);
                    }

                    @Override
                    public void onFailed(Side side, DataFailure failure, String detail) {
                        heard.add(side + " " + failure);
                    }
                },
                events -> {
                    kernel.events = events;
                    return kernel;
                }));
    }

    private <T> T on(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    private void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private void connect() {
        run(() -> kernel.events().onReady());
        run(() -> kernel.events().onConnected(PEER));
    }

    private void begin(Flow flow, Duration stall) {
        run(() -> relay.begin(new RelayPlan(flow, stall, 1024, Duration.ofMillis(1)), results::add));
    }

    private RelayResult result() {
        await().until(() -> !results.isEmpty());
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private void end(How how, long fromPeer, long fromTarget) {
        run(() -> kernel.events().onEnded(new FlowEnd(how, fromPeer, fromTarget, true)));
    }

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully();
    }

    // ---- before the transfer

    @Test
    void reportsThatTheKernelIsReadyAndThatAPeerConnected() {
        connect();

        assertThat(heard).containsExactly("ready", PEER);
        assertThat(relay.mayBegin()).isTrue();
        assertThat(relay.path()).isEqualTo(DataPath.KERNEL);
    }

    @Test
    void reportsThatTheKernelDoesNotCarryIt() {
        run(() -> kernel.events().onUnavailable("no table"));

        assertThat(heard).containsExactly("unavailable: no table");
        assertThat(relay.mayBegin()).isFalse();
    }

    @Test
    void reportsThatTheNextConnectionArrivesAtTheSocket() {
        run(() -> kernel.events().onReady());
        run(() -> kernel.events().onFallback("no SYN ACK"));

        assertThat(heard).containsExactly("ready", "unavailable: no SYN ACK");
    }

    @Test
    void reportsATargetThatRefuses() {
        run(() -> kernel.events().onReady());
        end(How.RESET_BY_TARGET, 0, 0);

        assertThat(heard).containsExactly("ready", "SERVER NOT_ACCEPTED");
    }

    @Test
    void leavesThePortToTheSocketWhereThePeerGaveUp() {
        run(() -> kernel.events().onReady());
        end(How.RESET_BY_PEER, 0, 0);

        assertThat(heard).hasSize(2).last().asString().startsWith("unavailable: ");
    }

    @Test
    void reportsNothingOnceItIsClosed() {
        run(relay::close);
        connect();
        end(How.CUT, 1, 2);

        assertThat(kernel.asked).containsExactly("cut");
        assertThat(heard).isEmpty();
    }

    @Test
    void reportsAConnectionThatWasFasterThanItsWithdrawal() {
        run(() -> kernel.events().onReady());
        run(relay::withdraw);
        run(() -> kernel.events().onConnected(PEER));
        end(How.CUT, 0, 0);

        assertThat(kernel.asked).containsExactly("remove");
        assertThat(heard).containsExactly("ready", "CLIENT NOT_CONNECTED");
    }

    @Test
    void reportsNothingOfAnAnswerBehindItsWithdrawal() {
        run(relay::withdraw);
        run(() -> kernel.events().onReady());
        run(() -> kernel.events().onUnavailable("late"));

        assertThat(heard).isEmpty();
    }

    @Test
    void cannotBeginWithoutAConnection() {
        assertThatThrownBy(() -> begin(Flow.DOWNLOAD, LONG)).hasMessageContaining("ASKED");
    }

    @Test
    void countsWhatIsCutBeforeAnybodyWasReportedAsConnected() {
        run(() -> kernel.events().onReady());
        begin(Flow.UPLOAD, LONG);
        run(() -> relay.abort());
        end(How.CUT, 5000, 0);

        assertThat(result()).isEqualTo(new RelayResult(End.ABORTED, 0, 5000));
    }

    @Test
    void reportsNothingMovedWhereTheKernelGaveUpOnWhatIsCut() {
        run(() -> kernel.events().onReady());
        begin(Flow.UPLOAD, LONG);
        run(() -> relay.abort());
        run(() -> kernel.events().onFallback("no SYN ACK"));

        assertThat(result()).isEqualTo(new RelayResult(End.ABORTED, 0, 0));
        assertThat(heard).containsExactly("ready");
    }

    // ---- the transfer

    @ParameterizedTest
    @CsvSource({
        "CLIENT, COMPLETE, 10, 20, COMPLETE, 20, 10",
        "SERVER, COMPLETE, 10, 20, COMPLETE, 10, 20",
        "CLIENT, RESET_BY_PEER, 0, 7, CLIENT_RESET, 7, 0",
        "CLIENT, RESET_BY_TARGET, 0, 7, SERVER_RESET, 7, 0",
        "CLIENT, RESET_BY_TARGET, 0, 0, SERVER_UNUSED, 0, 0",
        "SERVER, RESET_BY_PEER, 7, 0, SERVER_RESET, 7, 0",
        "SERVER, RESET_BY_PEER, 0, 0, SERVER_UNUSED, 0, 0",
        "SERVER, RESET_BY_TARGET, 7, 0, CLIENT_RESET, 7, 0",
        "CLIENT, LOST, 1, 2, UNOBSERVED, 2, 1"
    })
    void reportsTheEndOfADownloadBySide(
            Side peer, How how, long fromPeer, long fromTarget, End end, long toClient, long toServer) {
        relay = relay(peer);
        connect();
        begin(Flow.DOWNLOAD, LONG);

        end(how, fromPeer, fromTarget);

        assertThat(result()).isEqualTo(new RelayResult(end, toClient, toServer));
    }

    /** An upload of which the server took nothing is not an empty file. */
    @Test
    void reportsAnUploadThatTheServerResetAtOnce() {
        connect();
        begin(Flow.UPLOAD, LONG);

        end(How.RESET_BY_TARGET, 0, 0);

        assertThat(result().end()).isEqualTo(End.SERVER_RESET);
    }

    @Test
    void reportsAnEndFromBeforeTheTransferInALaterTurn() {
        connect();
        end(How.COMPLETE, 0, 5);

        boolean atOnce = on(() -> {
            relay.begin(new RelayPlan(Flow.DOWNLOAD, LONG, 1024, Duration.ofMillis(1)), results::add);
            return !results.isEmpty();
        });

        assertThat(atOnce).isFalse();
        assertThat(result()).isEqualTo(new RelayResult(End.COMPLETE, 5, 0));
    }

    @Test
    void cutsWhatIsAborted() {
        connect();
        begin(Flow.UPLOAD, LONG);

        run(relay::abort);
        assertThat(kernel.asked).containsExactly("cut");
        assertThat(results).isEmpty();
        end(How.CUT, 3, 0);

        assertThat(result()).isEqualTo(new RelayResult(End.ABORTED, 0, 3));
    }

    /** It ended by itself before it could be cut. */
    @Test
    void reportsHowItEndedAlthoughItWasAborted() {
        connect();
        begin(Flow.UPLOAD, LONG);

        run(relay::abort);
        end(How.COMPLETE, 3, 0);

        assertThat(result().end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void reportsAnAbortThatTheKernelDoesNot() {
        connect();
        begin(Flow.UPLOAD, LONG);

        run(relay::abort);

        assertThat(result().end()).isEqualTo(End.ABORTED);
    }

    @Test
    void cutsAfterATime() {
        connect();
        begin(Flow.UPLOAD, LONG);

        run(() -> relay.abortAfter(Duration.ofSeconds(1)));

        assertThat(kernel.asked).isEmpty();
        await().until(() -> kernel.asked.contains("cut"));
    }

    @Test
    void cutsAnUploadWhoseEndDoesNotArrive() {
        connect();
        begin(Flow.UPLOAD, LONG);

        run(relay::cutUnlessSent);

        assertThat(kernel.asked).isEmpty();
        await().until(() -> kernel.asked.contains("cut"));
    }

    @Test
    void leavesAnUploadWhoseEndArrives() {
        connect();
        begin(Flow.UPLOAD, LONG);
        run(relay::cutUnlessSent);

        end(How.COMPLETE, 3, 0);

        assertThat(result().end()).isEqualTo(End.COMPLETE);
        assertThat(kernel.asked).isEmpty();
    }

    // ---- stalls

    @Test
    void cutsWhatDoesNotMove() {
        connect();
        kernel.progress = new FlowProgress(0, KernelRelay.SEGMENT - 1);
        begin(Flow.DOWNLOAD, Duration.ofMillis(200));

        await().until(() -> kernel.asked.contains("cut"));
        end(How.CUT, 0, 4096);

        assertThat(result()).isEqualTo(new RelayResult(End.STALLED, 4096, 0));
    }

    @Test
    void cutsWhatTheKernelDoesNotKnow() {
        connect();
        begin(Flow.DOWNLOAD, Duration.ofMillis(100));

        await().until(() -> kernel.asked.contains("cut"));
    }

    @Test
    void leavesWhatMovesLongerThanTheTimeout() {
        connect();
        Duration timeout = Duration.ofMillis(200);
        begin(Flow.DOWNLOAD, timeout);
        long start = System.nanoTime();

        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            long passed = System.nanoTime() - start;
            kernel.progress = new FlowProgress(0, passed / 1000);
            return passed > 4 * timeout.toNanos();
        });

        assertThat(kernel.asked).contains("poll").doesNotContain("cut");
    }

    // ---- behind the final reply

    @Test
    void waitsForTheEndBehindTheFinalReply() {
        connect();
        begin(Flow.DOWNLOAD, LONG);

        run(relay::endSoon);
        end(How.COMPLETE, 0, 10);

        assertThat(result().end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void reportsTheCountsOfWhatStandsStillBehindTheFinalReply() {
        connect();
        kernel.progress = new FlowProgress(0, 4096);
        begin(Flow.DOWNLOAD, LONG);

        run(relay::endSoon);

        assertThat(result()).isEqualTo(new RelayResult(End.UNOBSERVED, 4096, 0));
        assertThat(kernel.asked).doesNotContain("cut");
    }

    /** A server may reply when its system has the data, and a slow client takes long to get them. */
    @Test
    void waitsAsLongAsBytesMoveBehindTheFinalReply() {
        connect();
        begin(Flow.DOWNLOAD, LONG);
        run(relay::endSoon);
        long start = System.nanoTime();

        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            long passed = System.nanoTime() - start;
            kernel.progress = new FlowProgress(0, passed / 1000);
            return passed > Duration.ofMillis(2500).toNanos();
        });

        assertThat(results).isEmpty();
    }

    @Test
    void waitsNotForWhatTheKernelDoesNotKnow() {
        connect();
        begin(Flow.DOWNLOAD, LONG);

        run(relay::endSoon);

        assertThat(result().end()).isEqualTo(End.UNOBSERVED);
    }

    @Test
    void ignoresTheFinalReplyWhereItIsCutAlready() {
        connect();
        begin(Flow.DOWNLOAD, LONG);
        run(() -> relay.abortAfter(Duration.ofMillis(50)));

        run(relay::endSoon);

        await().until(() -> kernel.asked.contains("cut"));
    }
}
