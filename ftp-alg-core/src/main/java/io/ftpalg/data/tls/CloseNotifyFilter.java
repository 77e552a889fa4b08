package io.ftpalg.data.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;

/**
 * Lets {@link SslCloseCompletionEvent#SUCCESS} mean that the peer's close_notify is here. Stands directly behind the
 * SslHandler, in one pipeline.
 *
 * <p>Behind our own close_notify the engine of OpenSSL calls itself closed with any record that comes (Netty 4.2.18), such as
 * the session ticket of a TLS 1.3 server, and Netty makes that event once: the peer's close_notify would not be reported.
 */
public final class CloseNotifyFilter extends ChannelInboundHandlerAdapter {
    private final SslHandler ssl;
    private boolean owed;

    public CloseNotifyFilter(SslHandler ssl) {
        this.ssl = ssl;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS && !ssl.engine().isInboundDone()) {
            owed = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** An engine that failed calls itself closed, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        owed = false;
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (owed && ssl.engine().isInboundDone()) {
            owed = false;
            ctx.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
        }
        ctx.fireChannelReadComplete();
    }
}
