package io.ftpalg.control;

import io.ftpalg.codec.FtpCodecException;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;

/** The server's control connection: hands what it reads, and what becomes of it, to the session. */
final class ServerHandler extends ChannelInboundHandlerAdapter {
    private final SessionDriver driver;
    private boolean spoke;

    ServerHandler(SessionDriver driver) {
        this.driver = driver;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object line) {
        if (!spoke) {
            spoke = true;
            driver.server().onSpoke(ctx.channel());
        }
        if (driver.server().is(ctx.channel())) {
            driver.session().onServerLine((ReplyLine) line);
        }
    }

    /** A server that ends TLS has nothing more to say, whether it ends the connection too or waits for us. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onGone(ctx, "");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (SessionTls.isFailure(cause)) {
            if (driver.server().is(ctx.channel())) {
                driver.onTlsBroken(Side.SERVER, SessionTls.reason(cause));
            }
            ctx.close();
        } else if (cause instanceof FtpCodecException && driver.server().is(ctx.channel())) {
            driver.session().onServerGarbage();
        } else if (cause instanceof IOException) {
            onGone(ctx, String.valueOf(cause.getMessage()));
            ctx.close();
        } else if (!(cause instanceof FtpCodecException)) {
            driver.session().onInternalError(cause);
        }
    }

    private void onGone(ChannelHandlerContext ctx, String reason) {
        if (driver.server().is(ctx.channel())) {
            driver.onServerGone(reason);
        }
    }
}
