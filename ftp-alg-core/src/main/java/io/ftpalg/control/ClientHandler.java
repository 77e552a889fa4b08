package io.ftpalg.control;

import io.ftpalg.control.channel.LineTimeoutHandler;
import io.ftpalg.control.tls.ControlTls;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;

/** The client's control connection: hands what it reads, and what happens to it, to the session. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final ControlEvents events;

    ClientHandler(ControlEvents events) {
        this.events = events;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        events.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object request) {
        events.session().onClientRequest((FtpRequest) request);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        events.memory().measure();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        events.onWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LineTimeoutHandler.EXPIRED) {
            events.session().onClientLineTimeout();
        } else if (event == SslCloseCompletionEvent.SUCCESS) {
            events.onClientTlsEnded();
        } else if (event instanceof ChannelInputShutdownEvent) {
            events.onClientInputClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.onClientGone("");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ControlTls.isFailure(cause)) {
            events.onTlsBroken(Side.CLIENT, cause);
        } else if (cause instanceof IOException) {
            // A reset comes here first; after that the channel only goes inactive.
            events.onClientGone(String.valueOf(cause.getMessage()));
            ctx.close();
        } else {
            events.onInternalError(cause);
        }
    }
}
