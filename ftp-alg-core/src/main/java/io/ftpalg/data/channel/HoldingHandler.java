package io.ftpalg.data.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what arrives on a data connection before anyone wants it: early bytes, and the end behind them.
 *
 * <p>Nothing is read meanwhile, but one piece if it is {@link #watch watched}, and still something may come: an RST makes epoll and io_uring read, and kqueue
 * reads once the peer's FIN is there. What can be held before an end is therefore no more than two reads.
 * Part of one pipeline, from the start until {@link #release}.
 */
public final class HoldingHandler extends ChannelInboundHandlerAdapter {
    private final Queue<Object> held = new ArrayDeque<>();
    private boolean ended;
    private @Nullable Runnable watcher;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        held.add(msg);
        arrived();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Reported when what is held goes out.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
            arrived();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** ECONNRESET is reported once, before the end of input that follows it: closing the channel records it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        DataSockets.abort(ctx.channel());
        arrived();
    }

    private void arrived() {
        Runnable told = watcher;
        watcher = null;
        if (told != null) {
            told.run();
        }
    }

    /** Has this run once something is held, or the connection has ended; reads for it once, however often that is asked. */
    static void watch(ChannelHandlerContext ctx, Runnable arrival) {
        HoldingHandler holding = (HoldingHandler) ctx.handler();
        boolean reading = holding.watcher != null;
        holding.watcher = arrival;
        if (holding.ended || !holding.held.isEmpty()) {
            holding.arrived();
        } else if (!reading) {
            ctx.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    /** Hands on what was held, in order, to the handlers behind, and leaves the pipeline. */
    public static void release(ChannelHandlerContext ctx) {
        HoldingHandler holding = (HoldingHandler) ctx.handler();
        boolean some = !holding.held.isEmpty();
        for (Object msg = holding.held.poll(); msg != null; msg = holding.held.poll()) {
            ctx.fireChannelRead(msg);
        }
        if (some) {
            ctx.fireChannelReadComplete();
        }
        if (holding.ended) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(holding);
        }
    }
}
