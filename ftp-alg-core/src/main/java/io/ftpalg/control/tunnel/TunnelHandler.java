package io.ftpalg.control.tunnel;

import io.ftpalg.policy.CloseCause;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what a client asks for before it has a session, piece by piece: nothing is read while a piece is being answered. One per
 * connection, on its loop; gone once the request was answered, or discarding all that follows.
 */
abstract class TunnelHandler extends ChannelInboundHandlerAdapter {
    private static final Logger logger = LoggerFactory.getLogger(TunnelHandler.class);

    protected final ClientTunnel tunnel;
    protected final TunnelLogin login;
    private boolean paused;

    TunnelHandler(ClientTunnel tunnel, TunnelLogin login) {
        this.tunnel = tunnel;
        this.login = login;
    }

    /** Receives a message of the decoder, which is released behind it. */
    protected abstract void onMessage(ChannelHandlerContext ctx, Object message);

    /** Nothing is read until {@link #resume}. */
    protected final void pause() {
        paused = true;
    }

    protected final void resume(ChannelHandlerContext ctx) {
        unpause();
        ctx.read();
    }

    /** From the end of what is received now on, more is read. */
    protected final void unpause() {
        paused = false;
    }

    protected final void refuse(CloseCause cause) {
        tunnel.refuse(cause);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        tunnel.start();
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!tunnel.isOver()) {
                onMessage(ctx, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!paused && !ctx.isRemoved()) {
            ctx.read();
        }
    }

    /** A client that asks for nothing more gets nothing. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            logger.error("the request of {} failed", tunnel.client(), cause);
        }
        ctx.close();
    }
}
