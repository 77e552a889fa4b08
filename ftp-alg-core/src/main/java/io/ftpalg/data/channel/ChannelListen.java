package io.ftpalg.data.channel;

import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.TimeUnit;

/**
 * Listens for one data connection: finds a port by binding it, then leaves the rest to {@link DataPeerFilter}.
 *
 * <p>On the session's loop. A lease is held exactly as long as there is a listening socket or a hope for one.
 */
public final class ChannelListen {
    /** Small (RFC 2577 section 8): one connection is needed, and an unexpected peer is refused at once. */
    private static final int BACKLOG = 8;

    private static final int SECOND_ROUND_MILLIS = 20;

    private final EventLoop loop;
    private final ListenRequest request;
    private final ChannelLeg leg;
    private final DataTransport transport;
    private final PassivePorts ports;

    public ChannelListen(EventLoop loop, ListenRequest request, ChannelLeg leg, DataTransport transport) {
        this.loop = loop;
        this.request = request;
        this.leg = leg;
        this.transport = transport;
        this.ports = request.ports();
    }

    public void start() {
        if (!ports.ranged()) {
            tryPorts(ports.anyPorts(), () -> {}, false);
            return;
        }
        Optional<PassivePorts.Lease> lease = ports.lease(request.controlPeer());
        if (lease.isPresent()) {
            tryPorts(ports.candidates(), lease.get()::close, true);
        } else {
            leg.failed(DataFailure.SHARE_HELD, "the client's address holds its share of the passive ports");
        }
    }

    /** Makes the leg's channel of a connection that was accepted, and is not registered yet. */
    public static void adopt(EventLoop loop, ListenRequest request, ChannelLeg leg, SocketChannel accepted) {
        try {
            DataSockets.prepare(accepted);
            request.marks().accepted(accepted);
        } catch (RuntimeException e) {
            DataSockets.abort(accepted);
            leg.failed(DataFailure.NOT_ACCEPTED, e);
            return;
        }
        leg.opens(accepted);
        leg.register(loop, accepted);
    }

    private void tryPorts(PrimitiveIterator.OfInt candidates, Runnable giveBack, boolean again) {
        int port = candidates.nextInt();
        ServerSocketChannel listener;
        try {
            listener = transport.listeners().newChannel();
        } catch (RuntimeException e) {
            giveBack.run();
            leg.failed(DataFailure.NO_SOCKET, e);
            return;
        }
        leg.opens(listener);
        try {
            listener.config().setReuseAddress(true).setBacklog(BACKLOG);
            request.marks().apply(listener, request.bind());
            if (request.foreign()) {
                ForeignAddress.allow(listener);
            }
        } catch (RuntimeException e) {
            giveBack.run();
            leg.failed(DataFailure.NO_SOCKET, e);
            return;
        }
        listener.pipeline().addLast(new DataPeerFilter(request, leg));
        loop.register(listener).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                listener.bind(new InetSocketAddress(request.bind(), port))
                        .addListener((ChannelFuture bound) -> bound(bound, candidates, giveBack, again));
            } else {
                giveBack.run();
                leg.failed(DataFailure.NO_SOCKET, registered.cause());
            }
        });
    }

    private void bound(ChannelFuture bound, PrimitiveIterator.OfInt rest, Runnable giveBack, boolean again) {
        if (bound.isSuccess()) {
            bound.channel().closeFuture().addListener(closed -> giveBack.run());
            if (leg.opening()) {
                leg.events().listening(DataSockets.local(bound.channel()));
            }
            return;
        }
        DataSockets.abort(bound.channel());
        if (!leg.opening()) {
            giveBack.run();
        } else if (rest.hasNext()) {
            tryPorts(rest, giveBack, again);
        } else if (again) {
            // A listening socket that was just closed may keep its port until the selector ran again.
            var unused = loop.schedule(() -> secondRound(giveBack), SECOND_ROUND_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            giveBack.run();
            leg.failed(ports.ranged() ? DataFailure.NO_PORT : DataFailure.NO_SOCKET, bound.cause());
        }
    }

    private void secondRound(Runnable giveBack) {
        if (leg.opening()) {
            tryPorts(ports.candidates(), giveBack, false);
        } else {
            giveBack.run();
        }
    }
}
