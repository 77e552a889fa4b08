package io.ftpalg.data.tunnel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what the target of a tunnel sends before the handlers for it are there: what was read with the proxy's reply, at most one
 * burst of reads. The last one of a pipeline, from the start until {@link #passOn}.
 */
public final class EarlyBytes extends ChannelInboundHandlerAdapter {
    private final Queue<Object> held = new ArrayDeque<>();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        held.add(msg);
    }

    /** The result of the tunnel has it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    /** Leaves the pipeline, and passes what was held through all that is in it then, TLS too. */
    public void passOn(ChannelPipeline pipeline) {
        Queue<Object> early = new ArrayDeque<>(held);
        held.clear();
        pipeline.remove(this);
        if (!early.isEmpty()) {
            early.forEach(pipeline::fireChannelRead);
            pipeline.fireChannelReadComplete();
        }
    }
}
