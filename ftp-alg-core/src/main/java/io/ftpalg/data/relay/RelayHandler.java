package io.ftpalg.data.relay;

import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Reports to a relay what happens on the connection of one side; last in its pipeline. */
final class RelayHandler extends ChannelInboundHandlerAdapter {
    /** Receives what happens on both connections of a relay, on its loop. */
    interface Listener {
        void read(Side from, Object msg);

        void readComplete(Side from);

        void inputEnd(Side from);

        /** Reading from or writing to a side failed. */
        void broken(Side side, Throwable cause);
    }

    private final Listener relay;
    private final Side side;

    RelayHandler(Listener relay, Side side) {
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
}
