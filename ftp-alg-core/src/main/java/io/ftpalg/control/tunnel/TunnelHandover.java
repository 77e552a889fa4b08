package io.ftpalg.control.tunnel;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.shared.TunnelReceiver;
import io.ftpalg.data.DataChannels;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.nio.channels.ClosedChannelException;

/**
 * Hands the connection of a client over to a session as its data connection: moves it to the session's event loop, and only then
 * notifies the client, so that nothing is on its way meanwhile. Used once, on the loop that the connection is on.
 */
final class TunnelHandover {
    private final SocketChannel channel;
    private final Object granted;
    private final EventLoop loop;
    private final TunnelReceiver receiver;

    /**
     * Makes it.
     *
     * @param granted what the client receives
     * @param loop the session's event loop
     */
    TunnelHandover(SocketChannel channel, Object granted, EventLoop loop, TunnelReceiver receiver) {
        this.channel = channel;
        this.granted = granted;
        this.loop = loop;
        this.receiver = receiver;
    }

    /** Starts it; what the client sent behind its request is held as the first of the data. */
    void start() {
        try {
            DataChannels.prepare(channel);
        } catch (ChannelException e) {
            lost(e);
            return;
        }
        channel.pipeline().remove(HandlerNames.TUNNEL);
        channel.pipeline().remove(HandlerNames.TUNNEL_DECODER);
        // Not within the read that brought the request.
        channel.eventLoop().execute(this::move);
    }

    private void move() {
        if (channel.eventLoop() == loop) {
            grant();
            return;
        }
        channel.deregister().addListener((ChannelFuture left) -> {
            if (left.isSuccess()) {
                loop.register(channel).addListener(this::onMoved);
            } else {
                lost(left.cause());
            }
        });
    }

    private void onMoved(io.netty.util.concurrent.Future<? super Void> moved) {
        if (moved.isSuccess()) {
            grant();
        } else {
            lost(moved.cause());
        }
    }

    private void grant() {
        if (!channel.isActive()) {
            lost(new ClosedChannelException());
            return;
        }
        channel.writeAndFlush(granted).addListener((ChannelFuture sent) -> {
            if (sent.isSuccess()) {
                receiver.arrived(channel);
            } else {
                lost(sent.cause());
            }
        });
        channel.pipeline().remove(HandlerNames.TUNNEL_ENCODER);
    }

    private void lost(Throwable cause) {
        DataChannels.abort(channel);
        loop.execute(() -> receiver.lost(cause));
    }
}
