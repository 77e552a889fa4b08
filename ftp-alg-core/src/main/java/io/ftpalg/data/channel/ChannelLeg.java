package io.ftpalg.data.channel;

import io.ftpalg.data.leg.AwaitedLeg;
import io.ftpalg.data.leg.LegEvents;
import io.ftpalg.data.leg.OwnedLeg;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/**
 * A data connection that is a Netty channel, whether it is still listened for, dialled, or there.
 *
 * <p>Owned by the session, on its loop; {@link ChannelListen} and {@link ChannelDial} bring it about.
 */
public final class ChannelLeg extends OwnedLeg<Channel> implements AwaitedLeg {

    public ChannelLeg(LegEvents events) {
        super(events);
    }

    /** Registers the data connection that was accepted: it is there, if it is still wanted then. */
    void register(EventLoop loop, SocketChannel accepted) {
        loop.register(accepted).addListener((ChannelFuture registered) -> {
            if (!registered.isSuccess()) {
                failed(DataFailure.NOT_ACCEPTED, registered.cause());
            } else if (opening()) {
                connected(accepted);
            }
        });
    }

    /** The data connection is there. */
    void connected(SocketChannel connected) {
        connected(connected, DataSockets.remote(connected));
    }

    /** The data connection with this peer, who is behind a proxy, is there. */
    void connected(SocketChannel connected, InetSocketAddress peer) {
        isConnected(connected);
        events().connected(DataSockets.local(connected), peer);
    }

    @Override
    public void arrived(SocketChannel connection) {
        if (opening()) {
            connected(connection);
        } else {
            DataSockets.abort(connection);
        }
    }

    /** There will be none. */
    void failed(DataFailure failure, Throwable cause) {
        failed(failure, SocketErrors.reason(cause));
    }

    /** A read is the only way to learn of bytes, of an end too: what it brings is held. */
    @Override
    public void watch() {
        Channel connected = socket();
        if (connected == null || opening()) {
            return;
        }
        ChannelHandlerContext holding = connected.pipeline().context(HoldingHandler.class);
        if (holding == null) {
            events().readable(); // It is closed, which the relay finds.
        } else {
            HoldingHandler.watch(holding, events()::readable);
        }
    }

    /** Returns the data connection to the relay that owns it from now on. */
    public SocketChannel handOver() {
        return (SocketChannel) release();
    }

    @Override
    protected void end(Channel last, boolean inOrder) {
        if (inOrder) {
            DataSockets.close(last);
        } else {
            DataSockets.abort(last);
        }
    }
}
