package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayPlan.Until;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayTerminationTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Script toClient = new Script();
    private final Script toServer = new Script();
    private final List<RelayResult> results = new ArrayList<>();
    private final List<Boolean> closedInOrder = new ArrayList<>();

    @Test
    void isCompleteWhenAllWasPassedOnAndTheReceiverEnded() {
        RelayTermination course = start(Flow.DOWNLOAD);
        toClient.inputEnded = true;
        course.onProgress();
        assertThat(course.ended()).isFalse();
        toClient.shut = true;
        course.onProgress();
        assertThat(course.ended()).isFalse();

        toServer.inputEnded = true;
        course.onProgress();

        assertThat(ends()).containsExactly(End.COMPLETE);
        assertThat(closedInOrder).containsExactly(true);
    }

    @Test
    void waitsForTheReceiversEndNoLongerThanTheLinger() {
        RelayTermination course = start(Flow.UPLOAD);
        toServer.inputEnded = true;
        toServer.shut = true;
        course.onProgress();
        assertThat(toClient.discarding).isTrue();

        pass(Duration.ofSeconds(1));

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    @Test
    void waitsForTheAcknowledgementOnly() {
        RelayTermination course = start(Flow.DOWNLOAD, Until.ACKNOWLEDGED);
        toClient.inputEnded = true;
        toClient.shut = true;
        course.onProgress();
        pass(Duration.ofMillis(20));
        assertThat(course.ended()).isFalse();

        toClient.acknowledged = true;
        pass(Duration.ofMillis(20));

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    @Test
    void waitsNoLongerForTheAcknowledgementThanTheLinger() {
        RelayTermination course = start(Flow.DOWNLOAD, Until.ACKNOWLEDGED);
        toClient.inputEnded = true;
        toClient.shut = true;
        course.onProgress();

        for (int i = 0; i < 999; i++) {
            pass(Duration.ofMillis(1));
        }
        assertThat(course.ended()).isFalse();
        pass(Duration.ofMillis(1));

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    @Test
    void cutsAnUploadWhoseClientIsGoneUnlessItsEndHasArrived() {
        start(Flow.UPLOAD).cutUnlessSent();
        pass(Duration.ofMillis(SentWatch.MOMENT));
        assertThat(ends()).containsExactly(End.ABORTED);

        toServer.end = RelayFlow.Arrival.ARRIVED;
        RelayTermination course = start(Flow.UPLOAD);
        course.cutUnlessSent();
        pass(Duration.ofSeconds(5));

        assertThat(course.ended()).isFalse();
    }

    @Test
    void isCompleteBothWaysOnlyWhenBothAreThrough() {
        RelayTermination course = start(Flow.BOTH);
        toClient.moved = 1;
        toServer.shut = true;
        course.onProgress();
        pass(Duration.ofSeconds(5));
        assertThat(course.ended()).isFalse();

        toClient.shut = true;
        course.onProgress();

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    /** Clients that wait for the final reply before they end their side must get it. */
    @Test
    void isCompleteBothWaysWhenOneIsThroughAndTheOtherWasNeverUsed() {
        RelayTermination course = start(Flow.BOTH);
        toClient.moved = 10;
        toClient.shut = true;
        course.onProgress();
        assertThat(course.ended()).isFalse();

        pass(Duration.ofSeconds(1));

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    @Test
    void endsInOrderWhereAServerIsGoneThatNeverSentAByte() {
        toClient.untouched = true;
        RelayTermination course = start(Flow.DOWNLOAD);

        course.gone(Side.SERVER);

        assertThat(ends()).containsExactly(End.SERVER_UNUSED);
        assertThat(closedInOrder).containsExactly(true);
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"UPLOAD", "BOTH"})
    void isAResetWhereAServerIsGoneThatMayHaveHadToReceive(Flow flow) {
        toClient.untouched = true;
        toServer.untouched = true;

        start(flow).gone(Side.SERVER);

        assertThat(ends()).containsExactly(End.SERVER_RESET);
        assertThat(closedInOrder).containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void isAResetWhereASideIsGoneInTheMiddle(Side side) {
        for (Flow flow : Flow.values()) {
            results.clear();
            closedInOrder.clear();
            start(flow).gone(side);

            assertThat(ends()).containsExactly(side == Side.CLIENT ? End.CLIENT_RESET : End.SERVER_RESET);
            assertThat(closedInOrder).containsExactly(false);
        }
    }

    @Test
    void goesOnWithoutASenderThatHasSentEverything() {
        RelayTermination course = start(Flow.DOWNLOAD);
        toClient.inputEnded = true;
        course.gone(Side.SERVER);
        assertThat(course.ended()).isFalse();
        assertThat(toServer.discarding).isTrue();

        toClient.shut = true;
        course.onProgress();
        course.gone(Side.CLIENT);

        assertThat(ends()).containsExactly(End.COMPLETE);
    }

    @Test
    void isAResetWhereTheReceiverIsGoneBeforeItHadEverything() {
        RelayTermination course = start(Flow.DOWNLOAD);
        toClient.inputEnded = true;

        course.gone(Side.CLIENT);

        assertThat(ends()).containsExactly(End.CLIENT_RESET);
    }

    @Test
    void passesTheEndOfAnUploadAfterWhatCameBeforeIt() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> order = new CopyOnWriteArrayList<>();
            Channel control = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext context, Object message) {
                            ReferenceCountUtil.release(message);
                            order.add("ABOR");
                        }
                    })
                    .connect(listener.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket client = listener.accept()) {
                RelayTermination course = course(control.eventLoop(), Flow.UPLOAD, Until.CLOSED);
                control.eventLoop()
                        .submit(() -> {
                            // The loop has polled; ABOR comes, and then the end of the upload is read.
                            client.getOutputStream().write('A');
                            course.passEnd(Side.CLIENT, () -> order.add("end"));
                            return order;
                        })
                        .sync();

                await().untilAsserted(() -> assertThat(order).containsExactly("ABOR", "end"));
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void doesNotPassTheEndOfAnUploadThatWasCutInThatTurn() {
        List<String> passed = new ArrayList<>();
        RelayTermination course = start(Flow.UPLOAD);
        course.passEnd(Side.CLIENT, () -> passed.add("end"));

        course.end(End.ABORTED);
        channel.runPendingTasks();
        channel.runScheduledPendingTasks();

        assertThat(ends()).containsExactly(End.ABORTED);
        assertThat(passed).isEmpty();
    }

    @Test
    void movesNothingMoreOnceItIsToBeCutLater() {
        List<String> passed = new ArrayList<>();
        RelayTermination course = start(Flow.UPLOAD);

        course.abortAfter(Duration.ofSeconds(5));
        course.passEnd(Side.CLIENT, () -> passed.add("end"));
        toServer.inputEnded = true;
        course.onProgress();
        course.gone(Side.CLIENT);
        pass(Duration.ofMillis(4_999));

        assertThat(course.isHalted()).isTrue();
        assertThat(course.mayLack(Side.CLIENT))
                .as("nobody looks for a cut any more")
                .isTrue();
        assertThat(passed).isEmpty();
        assertThat(closedInOrder)
                .as("no stall, and no end of the client's, before it")
                .isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(ends()).containsExactly(End.ABORTED);
        assertThat(closedInOrder).containsExactly(false);
    }

    @Test
    void isCutBeforeItsTimeByTheServer() {
        RelayTermination course = start(Flow.UPLOAD);
        course.abortAfter(Duration.ofSeconds(5));

        course.gone(Side.SERVER);
        pass(Duration.ofSeconds(5));

        assertThat(ends()).containsExactly(End.ABORTED);
    }

    @Test
    void isCutAtOnceIfAllWasPassedOn() {
        RelayTermination course = start(Flow.UPLOAD);
        toServer.inputEnded = true;
        toServer.shut = true;
        course.onProgress();

        course.abortAfter(Duration.ofSeconds(5));

        assertThat(ends()).containsExactly(End.ABORTED);
    }

    @Test
    void passesTheEndOfADownloadAtOnce() {
        List<String> passed = new ArrayList<>();

        start(Flow.DOWNLOAD).passEnd(Side.SERVER, () -> passed.add("end"));

        assertThat(passed).containsExactly("end");
    }

    @Test
    void knowsAnUploadThatNobodyWants() {
        RelayTermination upload = start(Flow.UPLOAD);
        assertThat(upload.uploadIsUnwanted()).isFalse();

        toClient.inputEnded = true;

        assertThat(upload.uploadIsUnwanted()).isTrue();
        assertThat(start(Flow.BOTH).uploadIsUnwanted()).isFalse();
    }

    @Test
    void stallsWhenNothingMoved() {
        start(Flow.DOWNLOAD);
        for (int i = 0; i < 100; i++) {
            toClient.moved++;
            pass(Duration.ofMillis(500));
        }
        assertThat(results).isEmpty();

        awaitStall();

        assertThat(ends()).containsExactly(End.STALLED);
        assertThat(closedInOrder).containsExactly(false);
    }

    @Test
    void endsOnceAndTellsTheBytes() {
        RelayTermination course = start(Flow.DOWNLOAD);
        toClient.moved = 7;
        toServer.moved = 3;

        course.end(End.ABORTED);
        course.end(End.COMPLETE);
        course.gone(Side.CLIENT);
        course.onProgress();
        assertThat(results).as("not from inside the call").isEmpty();
        channel.runPendingTasks();

        assertThat(results).containsExactly(new RelayResult(End.ABORTED, 7, 3));
    }

    @Test
    void tellsNothingOnceAnotherGoesOn() {
        RelayTermination course = start(Flow.DOWNLOAD);
        course.stop();

        pass(Duration.ofHours(1));
        course.end(End.ABORTED);

        assertThat(ends()).isEmpty();
        assertThat(closedInOrder).isEmpty();
    }

    private RelayTermination start(Flow flow) {
        return start(flow, Until.CLOSED);
    }

    private RelayTermination start(Flow flow, Until until) {
        RelayTermination course = course(channel.eventLoop(), flow, until);
        channel.freezeTime();
        course.start();
        return course;
    }

    private RelayTermination course(EventLoop loop, Flow flow, Until until) {
        RelayPlan plan = new RelayPlan(
                flow,
                Duration.ofMillis(50),
                1,
                Duration.ofSeconds(1),
                until,
                Optional.empty(),
                Optional.empty(),
                TransferTerms.NONE);
        return new RelayTermination(
                loop,
                plan,
                toClient,
                toServer,
                (inOrder, closed) -> {
                    closedInOrder.add(inOrder);
                    closed.run();
                },
                results::add);
    }

    private List<End> ends() {
        channel.runPendingTasks();
        return results.stream().map(RelayResult::end).toList();
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** The watch reads the system's clock: it must be long enough ago there too. */
    private void awaitStall() {
        await().atMost(DataFixture.SECONDS).until(() -> {
            pass(Duration.ofMillis(50));
            channel.runPendingTasks();
            return !results.isEmpty();
        });
    }

    /** A direction whose state the test says. */
    private static final class Script implements RelayFlow {
        private boolean inputEnded;
        private boolean shut;
        private boolean discarding;
        private boolean acknowledged;
        private Arrival end = Arrival.MISSING;
        private boolean untouched;
        private long moved;

        @Override
        public Arrival end() {
            return end;
        }

        @Override
        public boolean acknowledged() {
            return acknowledged;
        }

        @Override
        public boolean reading() {
            return true;
        }

        @Override
        public boolean inputEnded() {
            return inputEnded;
        }

        @Override
        public boolean shut() {
            return shut;
        }

        @Override
        public void discard() {
            discarding = true;
        }

        @Override
        public boolean untouched() {
            return untouched;
        }

        @Override
        public long written() {
            return moved;
        }

        @Override
        public long movement() {
            return moved;
        }
    }
}
