package io.ftpalg.control;

import io.ftpalg.control.tls.ControlTls;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;

/**
 * Passes the bytes of one control connection to the other, unseen (RFC 6384 section 5); all that is left of either pipeline.
 * On the session's loop, which is notified that bytes passed, and of the end.
 */
final class TransparentHandler extends ChannelInboundHandlerAdapter {
    private final Side side;
    private final SocketChannel peer;
    private final FtpSession session;
    private boolean passed;

    private TransparentHandler(Side side, SocketChannel peer, FtpSession session) {
        this.side = side;
        this.peer = peer;
        this.session = session;
    }

    /** Joins both connections; what was written to them before leaves first. */
    static void join(SocketChannel client, SocketChannel server, FtpSession session) {
        client.flush();
        server.flush();
        if (ControlTls.discardsBytes(client)) {
            client.eventLoop().execute(() -> session.tls().onInjection(Side.CLIENT));
        } else if (ControlTls.discardsBytes(server)) {
            client.eventLoop().execute(() -> session.tls().onInjection(Side.SERVER));
        } else {
            strip(client, new TransparentHandler(Side.CLIENT, server, session));
            strip(server, new TransparentHandler(Side.SERVER, client, session));
        }
    }

    private static void strip(SocketChannel channel, TransparentHandler rest) {
        for (ChannelHandler handler : channel.pipeline().toMap().values()) {
            channel.pipeline().remove(handler);
        }
        channel.pipeline().addLast(rest);
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        passed = true;
        peer.write(bytes, peer.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (passed) {
            passed = false;
            session.onPassed(side);
        }
        peer.flush();
        ctx.channel().config().setAutoRead(peer.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        peer.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // Shutting down drops what is not written yet.
            peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> peer.shutdownOutput());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tellEnd("");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        tellEnd(String.valueOf(cause.getMessage()));
        ctx.close();
    }

    private void tellEnd(String reason) {
        if (side == Side.CLIENT) {
            session.onClientClosed(reason);
        } else {
            session.onServerClosed(reason);
        }
    }
}
