package io.ftpalg.control;

import io.ftpalg.codec.FtpCodecException;
import io.ftpalg.codec.JunkLine;
import io.ftpalg.control.channel.ReplyOrder;
import io.ftpalg.control.tls.ControlTls;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;

/** The server's control connection: hands what it reads, and what happens to it, to the session. */
final class ServerHandler extends ChannelInboundHandlerAdapter {
    private final ControlEvents events;
    private final ReplyOrder order;
    private boolean spoke;

    ServerHandler(ControlEvents events, ReplyOrder order) {
        this.events = events;
        this.order = order;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!spoke) {
            spoke = true;
            events.server().onSpoke(ctx.channel());
        }
        ReplyLine line = (ReplyLine) message;
        boolean early = order.isEarly(line);
        if (!events.server().is(ctx.channel())) {
            return;
        }
        events.memory().onServerLine(line);
        if (early) {
            events.session().onEarlyServerLine(line);
        } else {
            events.session().onServerLine(line);
        }
    }

    /** A server that ends TLS sends nothing more, whether it ends the connection too or waits for us. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            ctx.close();
        } else if (event instanceof JunkLine) {
            order.lineEnded();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        events.memory().measure();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (events.server().is(ctx.channel())) {
            events.onWritabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onGone(ctx, "");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ControlTls.isFailure(cause)) {
            if (events.server().is(ctx.channel())) {
                events.onTlsBroken(Side.SERVER, cause);
            }
            ctx.close();
        } else if (cause instanceof FtpCodecException && events.server().is(ctx.channel())) {
            events.session().onServerGarbage();
        } else if (cause instanceof IOException) {
            onGone(ctx, String.valueOf(cause.getMessage()));
            ctx.close();
        } else if (!(cause instanceof FtpCodecException)) {
            events.onInternalError(cause);
        }
    }

    private void onGone(ChannelHandlerContext ctx, String reason) {
        if (events.server().is(ctx.channel())) {
            events.onServerGone(reason);
        }
    }
}
