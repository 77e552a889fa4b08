package io.ftpalg.server.admin;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Passes one request on for each read that is asked for, however many a client has sent. What waits here came with one read of the
 * socket, and so is bounded. Netty's FlowControlHandler loses the read that was asked for where a request takes several of the socket.
 */
final class RequestQueue extends ChannelDuplexHandler {
    private final Queue<Object> waiting = new ArrayDeque<>();
    private boolean asked;

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        Object next = waiting.poll();
        if (next == null) {
            asked = true;
            super.read(ctx);
        } else {
            ctx.fireChannelRead(next);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (asked) {
            asked = false;
            super.channelRead(ctx, message);
        } else {
            waiting.add(message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        super.handlerRemoved(ctx);
    }
}
