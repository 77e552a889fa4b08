package io.ftpalg.data.channel;

import io.ftpalg.data.leg.DataHeaders;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.haproxy.ProxyHeader;
import io.ftpalg.haproxy.ProxyHeaderHandler;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stands at a listening socket and lets one connection in, from the admitted peer; then the port is closed at once.
 *
 * <p>An unexpected peer is cut and counted, and does not take the peer's place (RFC 2577 sections 4 and 8). Part of the
 * pipeline of one listening socket, on the session's loop.
 */
final class DataPeerFilter extends ChannelInboundHandlerAdapter {
    private static final int OUT_OF_DESCRIPTORS_PAUSE_SECONDS = 1;

    private final ListenRequest request;
    private final ChannelLeg leg;
    /** The connections of balancers that have not named their peer yet. */
    private final Set<SocketChannel> awaited = new HashSet<>();

    private int unexpectedPeers;

    DataPeerFilter(ListenRequest request, ChannelLeg leg) {
        this.request = request;
        this.leg = leg;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        SocketChannel socket = (SocketChannel) msg;
        InetSocketAddress remote = DataSockets.remote(socket);
        if (!leg.opening() || remote == null) {
            DataSockets.refuse(socket);
        } else if (request.headerTimeout(remote).isPresent()) {
            awaitHeader(ctx, socket, remote, request.headerTimeout(remote).get());
        } else if (request.admits(remote)) {
            admit(ctx, socket);
        } else {
            refuse(socket, remote);
        }
    }

    /** The balancer names the peer first; others may connect meanwhile. */
    private void awaitHeader(
            ChannelHandlerContext ctx, SocketChannel socket, InetSocketAddress balancer, Duration timeout) {
        if (awaited.size() == DataHeaders.MOST) {
            refuse(socket, balancer);
            return;
        }
        try {
            DataSockets.prepare(socket);
            request.marks().accepted(socket);
        } catch (RuntimeException e) {
            DataSockets.abort(socket);
            return;
        }
        awaited.add(socket);
        socket.pipeline().addFirst(new ProxyHeaderHandler(true, timeout, new ProxyHeaderHandler.Receiver() {
            @Override
            public void onHeader(ProxyHeader header) {
                awaited.remove(socket);
                onNamed(ctx, socket, header.client().orElse(balancer));
            }

            @Override
            public void onMissing() {
                onBroken("missing");
            }

            @Override
            public void onBroken(String detail) {
                awaited.remove(socket);
                if (leg.opening()) {
                    refuse(socket, balancer);
                }
            }

            @Override
            public void onOver() {
                awaited.remove(socket);
            }
        }));
        ctx.channel().eventLoop().register(socket).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                socket.read();
            } else {
                awaited.remove(socket);
                DataSockets.abort(socket);
            }
        });
    }

    private void onNamed(ChannelHandlerContext ctx, SocketChannel socket, InetSocketAddress peer) {
        if (!leg.opening()) {
            DataSockets.abort(socket);
        } else if (request.admits(peer)) {
            leg.opens(socket);
            DataSockets.abort(ctx.channel());
            leg.connected(socket, peer);
        } else {
            refuse(socket, peer);
        }
    }

    /** The port is closed: none of those is awaited any more. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        List.copyOf(awaited).forEach(DataSockets::abort);
        awaited.clear();
    }

    private void admit(ChannelHandlerContext ctx, SocketChannel socket) {
        try {
            DataSockets.prepare(socket);
            request.marks().accepted(socket);
        } catch (RuntimeException e) {
            // It was reset between its accept and now: the place is still free.
            DataSockets.abort(socket);
            return;
        }
        leg.opens(socket);
        DataSockets.abort(ctx.channel());
        leg.register(ctx.channel().eventLoop(), socket);
    }

    private void refuse(SocketChannel unexpected, InetSocketAddress remote) {
        DataSockets.refuse(unexpected);
        leg.events().unexpectedPeer(remote);
        unexpectedPeers++;
        if (unexpectedPeers == request.unexpectedPeers()) {
            leg.failed(DataFailure.UNEXPECTED_PEERS, unexpectedPeers + " unexpected peers connected");
        }
    }

    /** Out of descriptors: accepting again at once would spin. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().config().setAutoRead(false);
        EventLoop loop = ctx.channel().eventLoop();
        var unused = loop.schedule(() -> acceptAgain(ctx), OUT_OF_DESCRIPTORS_PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private static void acceptAgain(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(true);
    }
}
