package io.ftpalg.data.epoll;

import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.Pacer;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.data.relay.RelayTermination;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Side;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays without copying: one {@link SpliceFlow} each way between two bare sockets, in the kernel (splice(2)).
 *
 * <p>Netty's own {@code spliceTo} is deprecated as buggy (netty/netty#15911): it loses the end of a file.
 *
 * <p>Owned by the session, on its loop. After every wake-up both flows are pumped, and what is asked of each socket is
 * worked out again.
 */
public final class SpliceRelay implements DataRelay {
    /** Relays what the kernel does not splice, in another way. */
    public interface Fallback {
        /** Joins these sockets, which were read and written nothing yet; they are the returned relay's from then on. */
        DataRelay join(
                RawSocket client, RawSocket server, RelayPlan plan, Consumer<RelayResult> listener, IOException reason);
    }

    private static final Logger logger = LoggerFactory.getLogger(SpliceRelay.class);
    private static final int HANG_UP = 0x10;
    private static final int EINVAL = -22;

    private final IoEventLoop loop;
    private final RawSocket client;
    private final RawSocket server;
    private final Fallback fallback;
    private final RelayPlan plan;
    private final Consumer<RelayResult> listener;
    private final SpliceFlow toClient;
    private final SpliceFlow toServer;
    private final RelayTermination course;
    private @Nullable Side lostSide;
    private @Nullable DataRelay successor;

    public SpliceRelay(
            IoEventLoop loop,
            RawSocket client,
            RawSocket server,
            Pipes pipes,
            Fallback fallback,
            RelayPlan plan,
            Consumer<RelayResult> listener) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.fallback = fallback;
        this.plan = plan;
        this.listener = listener;
        this.toClient = new SpliceFlow(
                server, client, pipes, new Pacer(loop, plan.terms().toClient(), () -> pumpAgain(Side.SERVER)));
        this.toServer = new SpliceFlow(
                client, server, pipes, new Pacer(loop, plan.terms().toServer(), () -> pumpAgain(Side.CLIENT)));
        this.course = new RelayTermination(loop, plan, toClient, toServer, this::close, listener);
    }

    @Override
    public DataPath path() {
        return successor == null ? DataPath.SPLICE : successor.path();
    }

    @Override
    public long written(Side to) {
        return successor == null ? flowFrom(to.other()).written() : successor.written(to);
    }

    public void start() {
        if (client.isClosed() || server.isClosed()) {
            course.gone(client.isClosed() ? Side.CLIENT : Side.SERVER);
            return;
        }
        course.start();
        client.watch(new SideWatcher(Side.CLIENT));
        server.watch(new SideWatcher(Side.SERVER));
        // The other way is seldom used: the loop reports if there is something.
        pump(plan.flow() == RelayPlan.Flow.UPLOAD ? Side.CLIENT : Side.SERVER);
        watchOn();
    }

    @Override
    public void abort() {
        assert loop.inEventLoop();
        if (successor != null) {
            successor.abort();
        } else {
            course.end(End.ABORTED);
        }
    }

    @Override
    public void abortAfter(Duration time) {
        assert loop.inEventLoop();
        if (successor != null) {
            successor.abortAfter(time);
        } else {
            course.abortAfter(time);
            watchOn();
        }
    }

    @Override
    public void cutUnlessSent() {
        assert loop.inEventLoop();
        if (successor != null) {
            successor.cutUnlessSent();
        } else {
            course.cutUnlessSent();
        }
    }

    private void onReady(Side side, EpollIoOps ready) {
        boolean ended;
        try {
            if (ready.contains(EpollIoOps.EPOLLERR) && socket(side).isBroken()) {
                lost(side, "reset");
                return;
            }
            ended = (ready.contains(EpollIoOps.EPOLLRDHUP) || (ready.value() & HANG_UP) != 0)
                    && socket(side).peerEnded();
        } catch (IOException e) {
            lost(side, e.getMessage());
            return;
        }
        if (ended) {
            flowFrom(side).onFin();
        }
        if (ready.contains(EpollIoOps.EPOLLOUT)) {
            flowFrom(side.other()).onSinkReady();
            pump(side.other());
        }
        if (ended || ready.contains(EpollIoOps.EPOLLIN)) {
            pump(side);
        }
        watchOn();
    }

    private void pump() {
        pump(Side.SERVER);
        pump(Side.CLIENT);
        watchOn();
    }

    private void pumpAgain(Side from) {
        pump(from);
        watchOn();
    }

    private void watchOn() {
        if (isActive()) {
            try {
                askAnew();
            } catch (IOException e) {
                logger.error("cannot watch a data connection", e);
                course.end(End.ABORTED);
            }
        }
    }

    private boolean isActive() {
        return !course.ended() && successor == null;
    }

    /** Moves what comes from this side. */
    private void pump(Side from) {
        if (!isActive() || course.isHalted()) {
            return;
        }
        try {
            long before = toServer.movement();
            flowFrom(from).pump();
            if (from == Side.CLIENT && course.uploadIsUnwanted() && toServer.movement() != before) {
                course.end(End.SERVER_RESET);
            } else if (flowFrom(from).readyToShut()) {
                course.passEnd(from, () -> shut(from));
            } else {
                course.onProgress();
            }
        } catch (SpliceFlow.OverLimit e) {
            course.end(End.OVER_LIMIT);
        } catch (SpliceFlow.SourceFailure e) {
            onSourceFailure(from, e);
        } catch (SpliceFlow.SinkFailure e) {
            lost(from.other(), e.getMessage());
        }
    }

    private void shut(Side from) {
        if (!flowFrom(from).readyToShut()) {
            return;
        }
        try {
            flowFrom(from).shutSink();
            course.onProgress();
            if (isActive()) {
                pump();
            }
        } catch (SpliceFlow.SinkFailure e) {
            lost(from.other(), e.getMessage());
        }
    }

    private void onSourceFailure(Side from, SpliceFlow.SourceFailure failure) {
        boolean untouched = toClient.movement() == 0 && toServer.movement() == 0;
        if (untouched && failure.getCause() instanceof NativeIoException e && e.expectedErr() == EINVAL) {
            client.unwatch();
            server.unwatch();
            course.stop();
            releasePipes();
            successor = fallback.join(client, server, plan, listener, e);
        } else {
            lost(from, failure.getMessage());
        }
    }

    /** A side is gone; if the relay continues its socket is watched no more: an error stays ready for ever. */
    private void lost(Side side, @Nullable String reason) {
        logger.debug("{} data connection failed: {}", side, reason);
        course.gone(side);
        if (isActive()) {
            lostSide = side;
            socket(side).unwatch();
            pump();
        }
    }

    private void askAnew() throws IOException {
        ask(Side.CLIENT);
        ask(Side.SERVER);
        if (toClient.wantsAnotherTurn() || toServer.wantsAnotherTurn()) {
            loop.execute(this::pump);
        }
    }

    private void ask(Side side) throws IOException {
        SpliceFlow fromHere = flowFrom(side);
        SpliceFlow toHere = flowFrom(side.other());
        if (side == lostSide || fromHere.finSeen() && toHere.shut()) {
            // Both directions are shut: the socket hangs up from now on, and would be ready for ever.
            socket(side).unwatch();
        } else {
            socket(side).ask(course.isHalted() ? 0 : fromHere.sourceInterest() | toHere.sinkInterest());
        }
    }

    private void close(boolean inOrder, Runnable closed) {
        for (RawSocket socket : new RawSocket[] {client, server}) {
            if (inOrder) {
                socket.closeInOrder();
            } else {
                socket.abort();
            }
        }
        releasePipes();
        closed.run();
    }

    private void releasePipes() {
        toClient.release();
        toServer.release();
    }

    private RawSocket socket(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    private SpliceFlow flowFrom(Side side) {
        return side == Side.CLIENT ? toServer : toClient;
    }

    /** Receives the events of the socket of one side. */
    private final class SideWatcher implements RawSocket.Watcher {
        private final Side side;

        SideWatcher(Side side) {
            this.side = side;
        }

        @Override
        public void onReady(EpollIoOps ready) {
            if (isActive()) {
                SpliceRelay.this.onReady(side, ready);
            }
        }

        @Override
        public boolean isBulk() {
            return true;
        }

        @Override
        public void onLoopEnd() {
            course.end(End.ABORTED);
        }
    }
}
