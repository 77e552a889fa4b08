package io.ftpalg.data.relay;

import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.channel.HoldingHandler;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.data.relay.RelayResult.TlsFault;
import io.ftpalg.data.tls.RelayEnd;
import io.ftpalg.data.tls.TlsEnd;
import io.ftpalg.data.tls.TlsErrors;
import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays through buffers, on every transport: one {@link BufferFlow} each way, and the judgement of how it ended.
 *
 * <p>Owned by the session, on its loop. A reset is passed on as a reset; COMPLETE means that the sender's end was seen (FIN,
 * or close_notify under TLS), that everything before it was written, and our own end after it. A {@link RelayEnd} decides which
 * it is.
 *
 * <p>Known limit on io_uring: after some bytes, Netty 4.2.18 often does not report a sender's reset, although a read is
 * pending and its poll for input is outstanding; its poll for RDHUP is over by then. The stall timeout ends such a relay.
 */
public final class BufferRelay implements DataRelay, BufferFlow.Owner, RelayHandler.Listener, TlsEnd.Listener {
    private static final Logger logger = LoggerFactory.getLogger(BufferRelay.class);

    private final EventLoop loop;
    private final SocketChannel client;
    private final SocketChannel server;
    private final RelayPlan plan;
    private final HeldBytes heldForClient;
    private final HeldBytes heldForServer;
    private final BufferFlow toClient;
    private final BufferFlow toServer;
    private final RelayTermination course;
    private RelayEnd clientEnd;
    private RelayEnd serverEnd;
    /** What TLS did last that may end the relay. */
    private @Nullable TlsFault fault;

    private @Nullable Reject rejection;

    public BufferRelay(
            EventLoop loop,
            SocketChannel client,
            SocketChannel server,
            RelayMemory memory,
            RelayPlan plan,
            Consumer<RelayResult> listener) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.plan = plan;
        this.heldForClient = new HeldBytes(memory, plan.buffer());
        this.heldForServer = heldForClient.opposite();
        this.toClient = new BufferFlow(
                this,
                Side.CLIENT,
                server,
                client,
                heldForClient,
                new Pacer(loop, plan.terms().toClient(), () -> pullAgain(Side.SERVER)),
                plan.terms().inspection(Side.CLIENT),
                loop);
        this.toServer = new BufferFlow(
                this,
                Side.SERVER,
                client,
                server,
                heldForServer,
                new Pacer(loop, plan.terms().toServer(), () -> pullAgain(Side.CLIENT)),
                plan.terms().inspection(Side.SERVER),
                loop);
        this.course = new RelayTermination(
                loop,
                plan,
                toClient,
                toServer,
                this::close,
                result -> listener.accept(
                        result.with(Optional.ofNullable(fault)).withRejection(Optional.ofNullable(rejection))));
        this.clientEnd = RelayEnd.clear(client);
        this.serverEnd = RelayEnd.clear(server);
    }

    @Override
    public DataPath path() {
        return DataPath.BUFFER;
    }

    @Override
    public long written(Side to) {
        return (to == Side.CLIENT ? toClient : toServer).written();
    }

    public void start() {
        if (!client.isOpen() || !server.isOpen()) {
            course.gone(client.isOpen() ? Side.SERVER : Side.CLIENT);
            return;
        }
        Side joining = Side.CLIENT;
        try {
            clientEnd = join(Side.CLIENT);
            joining = Side.SERVER;
            serverEnd = join(Side.SERVER);
        } catch (RuntimeException e) {
            logger.debug("cannot begin TLS on a data connection", e);
            fault = new TlsFault(joining, TlsFailure.other(e.toString()));
            course.end(End.TLS_FAILED);
        }
        run();
    }

    @Override
    public void handshaken() {
        run();
    }

    /** Moves payload, if all handshakes are done. Until then what bounds the time is theirs. */
    private void run() {
        if (!moves() || !clientEnd.isReady() || !serverEnd.isReady()) {
            return;
        }
        DataSockets.reads(client).countIn(heldForServer);
        DataSockets.reads(server).countIn(heldForClient);
        course.start();
        clientEnd.open();
        serverEnd.open();
        release(Side.CLIENT);
        release(Side.SERVER);
        toClient.pull();
        toServer.pull();
    }

    @Override
    public void abort() {
        assert loop.inEventLoop();
        course.end(End.ABORTED);
    }

    @Override
    public void abortAfter(Duration time) {
        assert loop.inEventLoop();
        course.abortAfter(time);
    }

    @Override
    public void cutUnlessSent() {
        assert loop.inEventLoop();
        course.cutUnlessSent();
    }

    @Override
    public void read(Side from, Object msg) {
        if (!moves()) {
            ReferenceCountUtil.release(msg);
        } else if (from == Side.CLIENT && course.uploadIsUnwanted()) {
            ReferenceCountUtil.release(msg);
            logger.debug("server closed its data connection before the end of the upload");
            course.end(End.SERVER_RESET);
        } else {
            flowFrom(from).read(msg);
        }
    }

    @Override
    public void readComplete(Side from) {
        if (moves()) {
            flowFrom(from).readComplete();
        }
    }

    @Override
    public void roomAgain(BufferFlow flow) {
        if (moves()) {
            flow.pull();
        }
    }

    private void pullAgain(Side from) {
        roomAgain(flowFrom(from));
    }

    @Override
    public void overLimit() {
        course.end(End.OVER_LIMIT);
    }

    @Override
    public void rejected(Reject why) {
        rejection = why;
        course.end(End.REJECTED);
    }

    @Override
    public boolean moves() {
        return !course.ended() && !course.isHalted();
    }

    @Override
    public void inputEnd(Side from) {
        // What a sender sends its end behind is whole, though it resets what is sent to it later, such as our
        // close_notify.
        if (plan.sends(from.other()) && flowFrom(from.other()).wasCut()) {
            course.gone(from);
            return;
        }
        flowFrom(from).inputEnd();
        course.passEnd(from, () -> {
            flowFrom(from).passEnd();
            course.onProgress();
        });
    }

    @Override
    public void flowShut() {
        course.onProgress();
    }

    @Override
    public Future<? super Void> shutOutput(Side to) {
        return to == Side.CLIENT ? clientEnd.shutOutput() : serverEnd.shutOutput();
    }

    @Override
    public boolean ended() {
        return course.ended();
    }

    @Override
    public boolean allowsEndWithoutNotice(Side from) {
        if (course.mayLack(from)) {
            return true;
        }
        fault = new TlsFault(from, new TlsFailure(TlsFailure.Kind.TRUNCATED, "no close_notify"));
        course.end(End.TRUNCATED);
        return false;
    }

    @Override
    public void handshakeFailed(Side side, TlsFailure failure) {
        if (moves()) {
            fault = new TlsFault(side, failure);
            course.end(End.TLS_FAILED);
        }
    }

    @Override
    public void tlsBroken(Side side, Throwable cause) {
        if (!course.ended()) {
            fault = new TlsFault(side, TlsErrors.of(cause));
            course.lost(side, End.TLS_FAILED);
        }
    }

    @Override
    public void broken(Side side, Throwable cause) {
        if (course.ended()) {
            return;
        }
        // Shutting down a socket that was reset is reported as "not yet connected".
        if (cause instanceof IOException || cause instanceof NotYetConnectedException) {
            logger.debug("{} data connection failed: {}", side, cause.getMessage());
        } else {
            logger.error("{} data connection failed", side, cause);
        }
        course.gone(side);
    }

    private void close(boolean inOrder, Runnable closed) {
        toClient.stop();
        toServer.stop();
        DataSockets.reads(client).countNoMore();
        DataSockets.reads(server).countNoMore();
        if (inOrder) {
            DataSockets.close(client);
            DataSockets.close(server);
        } else {
            DataSockets.abort(client);
            DataSockets.abort(server);
        }
        client.closeFuture().addListener(first -> server.closeFuture().addListener(second -> closed.run()));
    }

    private RelayEnd join(Side side) {
        RelayEnd end = plan.tls(side)
                .<RelayEnd>map(tls -> new TlsEnd(this, loop, side, plan.sends(side), socket(side), tls))
                .orElseGet(() -> RelayEnd.clear(socket(side)));
        end.start(new RelayHandler(this, side));
        // Reported even where channelInactive is not: past the last turn of an ending loop.
        socket(side).closeFuture().addListener(closed -> course.gone(side));
        return end;
    }

    private void release(Side side) {
        ChannelHandlerContext holding = socket(side).pipeline().context(HoldingHandler.class);
        if (holding != null) {
            HoldingHandler.release(holding);
        }
    }

    private SocketChannel socket(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    private BufferFlow flowFrom(Side side) {
        return side == Side.CLIENT ? toServer : toClient;
    }
}
