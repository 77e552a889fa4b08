package io.ftpalg.data;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what arrives on a data connection before anyone wants it: early bytes, and the end behind them.
 *
 * <p>Nothing is read meanwhile, and still something may come: once the peer's FIN is there some transports hand over a
 * piece unasked, and a FIN or RST is always told. What can be held is therefore no more than one read.
 * Part of one pipeline, from the start until {@link #release}.
 */
final class HoldingHandler extends ChannelInboundHandlerAdapter {
    private final Queue<Object> held = new ArrayDeque<>();
    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        held.add(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Told when what is held goes out.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** ECONNRESET is told once, before the end of input that follows it: a closed channel is how it is remembered. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        DataSockets.abort(ctx.channel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    /** Hands on what was held, in order, to the handlers behind, and leaves the pipeline. */
    static void release(ChannelHandlerContext ctx) {
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
