package io.ftpalg.data.channel;

import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.data.port.FreePorts;
import io.ftpalg.data.port.LateBind;
import io.ftpalg.data.tunnel.SocksBindHandler;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.data.tunnel.TunnelErrors;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Dials one data connection: registers, binds where a local address was asked for, connects, through proxies if so, and tries the
 * next local port where one is taken. On the session's loop.
 */
public final class ChannelDial {
    private final EventLoop loop;
    private final DialRequest request;
    private final ChannelLeg leg;
    private final DataTransport transport;
    private @Nullable Iterator<InetSocketAddress> locals;

    public ChannelDial(EventLoop loop, DialRequest request, ChannelLeg leg, DataTransport transport) {
        this.loop = loop;
        this.request = request;
        this.leg = leg;
        this.transport = transport;
    }

    public void start() {
        SocketChannel socket;
        try {
            socket = transport.sockets().newChannel();
        } catch (RuntimeException e) {
            leg.failed(DataFailure.NO_SOCKET, e);
            return;
        }
        leg.opens(socket);
        try {
            DataSockets.prepare(socket);
            socket.config().setConnectTimeoutMillis((int)
                    Math.min(Integer.MAX_VALUE, request.timeout().toMillis()));
            prepareBind(socket);
            request.marks().apply(socket);
            if (request.foreign()) {
                ForeignAddress.allow(socket);
            }
        } catch (RuntimeException e) {
            leg.failed(DataFailure.NO_SOCKET, e);
            return;
        }
        loop.register(socket).addListener((ChannelFuture registered) -> bind(socket, registered));
    }

    private void prepareBind(SocketChannel socket) {
        boolean late = request.localPorts().isEmpty()
                && request.local()
                        .filter(local -> LateBind.prepare(socket, local))
                        .isPresent();
        if (!late && request.local().isPresent()) {
            socket.config().setReuseAddress(true);
        }
        if (locals == null) {
            locals = request.locals(late);
        }
    }

    private void bind(SocketChannel socket, ChannelFuture registered) {
        if (!registered.isSuccess()) {
            leg.failed(DataFailure.NO_SOCKET, registered.cause());
        } else if (locals == null || !locals.hasNext()) {
            connect(socket);
        } else {
            socket.bind(locals.next()).addListener((ChannelFuture bound) -> {
                if (bound.isSuccess()) {
                    connect(socket);
                } else {
                    failed(socket, DataFailure.NO_SOCKET, bound.cause());
                }
            });
        }
    }

    private void connect(SocketChannel socket) {
        if (request.tunnel().isPresent()) {
            connect(socket, request.tunnel().get());
            return;
        }
        socket.connect(request.remote()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                failed(socket, DataFailure.NOT_ACCEPTED, connected.cause());
            } else if (leg.opening()) {
                established(socket, DataSockets.remote(socket));
            } else {
                DataSockets.abort(socket);
            }
        });
    }

    private void connect(SocketChannel socket, Tunnel tunnel) {
        Future<Channel> through = tunnel.prepare(socket, request.timeout());
        socket.connect(tunnel.target()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                failed(socket, DataFailure.NOT_ACCEPTED, connected.cause());
            }
        });
        through.addListener((Future<Channel> done) -> {
            if (!done.isSuccess()) {
                leg.failed(DataFailure.NOT_ACCEPTED, TunnelErrors.reason(done.cause()));
            } else if (leg.opening()) {
                established(socket, tunnel.target());
            } else {
                DataSockets.abort(socket);
            }
        });
    }

    private void established(SocketChannel socket, InetSocketAddress peer) {
        if (request.bind().isPresent()) {
            SocksBindHandler.begin(socket, request.bind().get(), request.timeout(), new BindReceiver(socket));
            return;
        }
        request.header().ifPresent(header -> socket.writeAndFlush(header.buffer()));
        leg.connected(socket, peer);
    }

    /** The proxy has a port for the peer; then the channel is the connection with it. */
    private final class BindReceiver implements SocksBindHandler.Receiver {
        private final SocketChannel socket;

        private BindReceiver(SocketChannel socket) {
            this.socket = socket;
        }

        @Override
        public void onListening(InetSocketAddress port) {
            leg.events().listening(port);
        }

        @Override
        public void onConnected(InetSocketAddress peer) {
            if (leg.opening()) {
                leg.connected(socket, peer);
            }
        }

        @Override
        public void onUnexpectedPeer(InetSocketAddress peer) {
            leg.events().unexpectedPeer(peer);
            leg.failed(DataFailure.UNEXPECTED_PEERS, "another than the server connected to the proxy's port");
        }

        @Override
        public void onFailed(DataFailure failure, String detail) {
            leg.failed(failure, detail);
        }
    }

    private void failed(SocketChannel socket, DataFailure step, Throwable cause) {
        boolean taken = FreePorts.isTaken(cause);
        if (taken && locals != null && locals.hasNext() && leg.opening()) {
            DataSockets.abort(socket);
            start();
        } else {
            leg.failed(taken && request.localPorts().isPresent() ? DataFailure.NO_PORT : step, cause);
        }
    }
}
