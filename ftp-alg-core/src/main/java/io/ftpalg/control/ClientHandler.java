package io.ftpalg.control;

import io.ftpalg.data.TlsErrors;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;

/** The client's control connection: hands what it reads, and what happens to it, to the session. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final SessionDriver driver;

    ClientHandler(SessionDriver driver) {
        this.driver = driver;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        driver.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object request) {
        driver.session().onClientRequest((FtpRequest) request);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        driver.memory().measure();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        driver.onWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LineTimeoutHandler.EXPIRED) {
            driver.session().onClientLineTimeout();
        } else if (event == SslCloseCompletionEvent.SUCCESS) {
            driver.onClientTlsEnded();
        } else if (event instanceof ChannelInputShutdownEvent) {
            driver.onClientInputClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        driver.onClientGone("");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ControlTls.isFailure(cause)) {
            driver.onTlsBroken(Side.CLIENT, TlsErrors.of(cause));
        } else if (cause instanceof IOException) {
            // A reset comes here first; after that the channel only goes inactive.
            driver.onClientGone(String.valueOf(cause.getMessage()));
            ctx.close();
        } else {
            driver.onInternalError(cause);
        }
    }
}
