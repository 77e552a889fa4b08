package io.ftpalg.data;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/** Dials one data connection: registers, binds where a local address was asked for, connects. On the session's loop. */
final class ChannelDial {
    private final EventLoop loop;
    private final DialRequest request;
    private final ChannelLeg leg;

    ChannelDial(EventLoop loop, DialRequest request, ChannelLeg leg) {
        this.loop = loop;
        this.request = request;
        this.leg = leg;
    }

    void start(DataTransport transport) {
        SocketChannel socket;
        try {
            socket = transport.sockets().newChannel();
        } catch (RuntimeException e) {
            leg.failed(DataFailure.BIND, e);
            return;
        }
        leg.opens(socket);
        try {
            DataSockets.prepare(socket);
            socket.config().setConnectTimeoutMillis((int) Math.min(Integer.MAX_VALUE, request.timeout().toMillis()));
            request.local().ifPresent(local -> socket.config().setReuseAddress(true));
        } catch (RuntimeException e) {
            leg.failed(DataFailure.BIND, e);
            return;
        }
        loop.register(socket).addListener((ChannelFuture registered) -> bind(socket, registered));
    }

    private void bind(SocketChannel socket, ChannelFuture registered) {
        InetSocketAddress local = request.local().orElse(null);
        if (!registered.isSuccess()) {
            leg.failed(DataFailure.BIND, registered.cause());
        } else if (local == null) {
            connect(socket);
        } else {
            socket.bind(local).addListener((ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                    connect(socket);
                } else {
                    leg.failed(DataFailure.BIND, bound.cause());
                }
            });
        }
    }

    private void connect(SocketChannel socket) {
        socket.connect(request.remote()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                leg.failed(DataFailure.CONNECT, connected.cause());
            } else if (leg.opening()) {
                leg.connected(socket);
            } else {
                DataSockets.abort(socket);
            }
        });
    }
}
