package io.ftpalg.data;

import io.ftpalg.data.RelayPlan.Flow;
import io.ftpalg.data.RelayResult.End;
import io.ftpalg.protocol.Side;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays through buffers, on every transport: one {@link BufferFlow} each way, and the judgement of how it ended.
 *
 * <p>Owned by the session, on its loop. A reset is passed on as a reset; COMPLETE means that the sender's FIN was seen,
 * that everything before it was written, and our own FIN after it.
 */
final class BufferRelay implements DataRelay {
    private static final Logger logger = LoggerFactory.getLogger(BufferRelay.class);
    private static final int FIRST_READ = 16 << 10;
    private static final int SMALLEST_READ = 1 << 10;

    private final EventLoop loop;
    private final SocketChannel client;
    private final SocketChannel server;
    private final RelayPlan plan;
    private final Consumer<RelayResult> listener;
    private final BufferFlow toClient;
    private final BufferFlow toServer;
    private @Nullable StallWatch stallWatch;
    private @Nullable Future<?> lingering;
    private boolean ended;

    BufferRelay(EventLoop loop, SocketChannel client, SocketChannel server, RelayPlan plan,
            Consumer<RelayResult> listener) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.plan = plan;
        this.listener = listener;
        this.toClient = new BufferFlow(this, Side.CLIENT, server, client);
        this.toServer = new BufferFlow(this, Side.SERVER, client, server);
    }

    void start() {
        Side dead = !client.isOpen() ? Side.CLIENT : Side.SERVER;
        if (!socket(dead).isOpen()) {
            gone(dead);
            return;
        }
        join(Side.CLIENT);
        join(Side.SERVER);
        stallWatch = new StallWatch(loop, plan.stallTimeout(), () -> toClient.movement() + toServer.movement(),
                () -> end(End.STALLED));
        release(Side.CLIENT);
        release(Side.SERVER);
        toClient.pull();
        toServer.pull();
    }

    @Override
    public void abort() {
        assert loop.inEventLoop();
        end(End.ABORTED);
    }

    void read(Side from, Object msg) {
        if (ended) {
            ReferenceCountUtil.release(msg);
        } else if (plan.flow() == Flow.UPLOAD && from == Side.CLIENT && toClient.inputEnded()) {
            ReferenceCountUtil.release(msg);
            logger.debug("server closed its data connection before the upload was through");
            end(End.SERVER_RESET);
        } else {
            flowFrom(from).read(msg);
        }
    }

    void readComplete(Side from) {
        if (!ended) {
            flowFrom(from).readComplete();
        }
    }

    void writable(Side to) {
        if (!ended) {
            flowFrom(to.other()).pull();
        }
    }

    void inputEnd(Side from) {
        if (!ended) {
            flowFrom(from).inputEnd();
            completeIfThrough();
        }
    }

    /** A direction passed everything on, its end too. */
    void flowShut() {
        if (ended) {
            return;
        }
        if (plan.flow() != Flow.BOTH && flowFrom(sender()).shut() && !flowFrom(receiver()).inputEnded()
                && lingering == null) {
            stopStallWatch();
            flowFrom(receiver()).discard();
            lingering = loop.schedule(() -> end(End.COMPLETE), plan.linger().toNanos(), TimeUnit.NANOSECONDS);
        }
        completeIfThrough();
    }

    /** The connection of a side is closed, and not by us: reset, or closed by an ending event loop. */
    void gone(Side side) {
        if (loop.isShuttingDown()) {
            end(End.ABORTED);
        } else {
            lost(side);
        }
    }

    /** Reading from or writing to a side failed. */
    void broken(Side side, Throwable cause) {
        if (ended) {
            return;
        }
        // Shutting down a socket that was reset is told as "not yet connected".
        if (cause instanceof IOException || cause instanceof NotYetConnectedException) {
            logger.debug("{} data connection failed: {}", side, cause.getMessage());
        } else {
            logger.error("{} data connection failed", side, cause);
        }
        gone(side);
    }

    private void lost(Side side) {
        if (plan.flow() == Flow.BOTH) {
            end(resetBy(side));
        } else if (flowFrom(sender()).shut()) {
            end(End.COMPLETE);
        } else if (side == sender() && flowFrom(sender()).inputEnded()) {
            // All it had to send is here; that it does not take what the receiver sends changes nothing.
            flowFrom(receiver()).discard();
        } else {
            end(resetBy(side));
        }
    }

    private void completeIfThrough() {
        boolean through = plan.flow() == Flow.BOTH ? toClient.shut() && toServer.shut()
                : flowFrom(sender()).shut() && flowFrom(receiver()).inputEnded();
        if (through) {
            end(End.COMPLETE);
        }
    }

    private void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        stopStallWatch();
        if (lingering != null) {
            lingering.cancel(false);
        }
        if (end == End.COMPLETE) {
            DataSockets.close(client);
            DataSockets.close(server);
        } else {
            DataSockets.abort(client);
            DataSockets.abort(server);
        }
        client.closeFuture().addListener(first -> server.closeFuture().addListener(second -> report(end)));
    }

    private void stopStallWatch() {
        if (stallWatch != null) {
            stallWatch.stop();
        }
    }

    private void report(End end) {
        RelayResult result = new RelayResult(end, toClient.written(), toServer.written());
        try {
            loop.execute(() -> listener.accept(result));
        } catch (RejectedExecutionException e) {
            // The loop is past its last turn; the owner must hear it all the same.
            listener.accept(result);
        }
    }

    private void join(Side side) {
        SocketChannel socket = socket(side);
        int largest = plan.buffer();
        int smallest = Math.min(SMALLEST_READ, largest);
        socket.config().setRecvByteBufAllocator(
                new AdaptiveRecvByteBufAllocator(smallest, Math.min(FIRST_READ, largest), largest));
        // Writable means that nothing waits: then, and only then, the next piece is read.
        socket.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
        socket.pipeline().addLast(new RelayHandler(this, side));
    }

    private void release(Side side) {
        ChannelHandlerContext holding = socket(side).pipeline().context(HoldingHandler.class);
        if (holding != null) {
            HoldingHandler.release(holding);
        }
    }

    private Side sender() {
        return plan.flow() == Flow.UPLOAD ? Side.CLIENT : Side.SERVER;
    }

    private Side receiver() {
        return sender().other();
    }

    private SocketChannel socket(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    private BufferFlow flowFrom(Side side) {
        return side == Side.CLIENT ? toServer : toClient;
    }

    private static End resetBy(Side side) {
        return side == Side.CLIENT ? End.CLIENT_RESET : End.SERVER_RESET;
    }
}
