package io.ftpalg.data;

import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Tells a {@link BufferRelay} what happens on the connection of one side; last in its pipeline. */
final class RelayHandler extends ChannelInboundHandlerAdapter {
    private final BufferRelay relay;
    private final Side side;

    RelayHandler(BufferRelay relay, Side side) {
        this.relay = relay;
        this.side = side;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        relay.read(side, msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        relay.readComplete(side);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            relay.inputEnd(side);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        relay.broken(side, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        relay.gone(side);
    }
}
