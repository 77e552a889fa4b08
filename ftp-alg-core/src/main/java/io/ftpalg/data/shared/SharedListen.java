package io.ftpalg.data.shared;

import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.leg.OwnedLeg;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one data connection at a shared port. Owned by the session's leg, on its loop; what its {@link SharedPort} reports comes from
 * another loop, and takes effect on this one.
 */
public final class SharedListen {
    /** How long a session waits for another one of its client address, which has been sent the same port. */
    static final int TURN_MILLIS = 1_000;

    /** Makes the leg's socket of an accepted connection. */
    @FunctionalInterface
    public interface Adopter {
        /** Called on the session's loop, while the leg is wanted. The connection is not set up and not registered. */
        void adopt(SocketChannel accepted, InetSocketAddress local, InetSocketAddress remote);
    }

    private final SharedPorts ports;
    private final EventLoop loop;
    private final DataTransport transport;
    private final ListenRequest request;
    private final OwnedLeg<?> leg;
    private final Adopter adopter;
    private final InetAddress peer;
    private final Iterator<Integer> order;
    private @Nullable SharedPort port;
    private @Nullable Future<?> turn;

    private SharedListen(
            SharedPorts ports,
            EventLoop loop,
            DataTransport transport,
            ListenRequest request,
            OwnedLeg<?> leg,
            Adopter adopter) {
        this.ports = ports;
        this.loop = loop;
        this.transport = transport;
        this.request = request;
        this.leg = leg;
        this.adopter = adopter;
        this.peer = IpLiteral.canonical(request.controlPeer());
        this.order =
                ports.order(request.bind(), request.ports().candidates(), peer).iterator();
    }

    /** Waits; on the session's loop. */
    public static void start(
            SharedPorts ports,
            EventLoop loop,
            DataTransport transport,
            ListenRequest request,
            OwnedLeg<?> leg,
            Adopter adopter) {
        SharedListen listen = new SharedListen(ports, loop, transport, request, leg, adopter);
        leg.awaits(listen::withdraw);
        listen.joinNext();
        listen.turn = loop.schedule(listen::giveUp, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits at the next port; returns false if there is none left. */
    private boolean joinNext() {
        boolean more = order.hasNext();
        if (more) {
            ports.join(new InetSocketAddress(request.bind(), order.next()), loop, transport, this);
        }
        return more;
    }

    InetAddress peer() {
        return peer;
    }

    boolean admits(InetSocketAddress remote) {
        return request.admits(remote);
    }

    /** It waits at this port from now on. In the lock of the port, on the session's loop. */
    void joined(SharedPort waits) {
        port = waits;
    }

    /** It is the first of its client address, which may be sent the port. From any thread. */
    void announce(InetSocketAddress local) {
        run(() -> {
            stopTurn();
            if (leg.opening()) {
                leg.events().listening(local);
            }
        });
    }

    /** The port could not be opened. From any thread. */
    void onNotOpened(String detail) {
        run(() -> {
            if (leg.opening() && !joinNext()) {
                stopTurn();
                leg.failed(DataFailure.NO_PORT, detail);
            }
        });
    }

    /** The connection was accepted. From any thread. */
    void arrive(SocketChannel accepted, InetSocketAddress local, InetSocketAddress remote) {
        Runnable cut = () -> DataSockets.abort(accepted);
        try {
            loop.execute(() -> {
                if (leg.opening()) {
                    adopter.adopt(accepted, local, remote);
                } else {
                    cut.run();
                }
            });
        } catch (RejectedExecutionException e) {
            cut.run();
        }
    }

    private void run(Runnable event) {
        try {
            loop.execute(event);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and its sessions with it.
        }
    }

    private void giveUp() {
        if (leg.opening()) {
            leg.failed(
                    DataFailure.SHARE_HELD,
                    "another session of the client's address waits at the shared passive ports");
        }
    }

    private void stopTurn() {
        if (turn != null) {
            turn.cancel(false);
        }
    }

    /** The leg is wanted no more. */
    private void withdraw() {
        stopTurn();
        if (port != null) {
            port.remove(this);
        }
    }
}
