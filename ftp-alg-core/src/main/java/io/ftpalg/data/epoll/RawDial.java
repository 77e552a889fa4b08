package io.ftpalg.data.epoll;

import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.data.port.FreePorts;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Dials one data connection by a bare socket: binds where a local address was asked for, connects, and tries the next local
 * port where one is taken. On the session's loop.
 */
public final class RawDial implements RawSocket.Watcher {
    private static final int SOL_IP = 0;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    /** EPOLLONESHOT: once connected, nothing is asked until a relay does. */
    private static final int ONCE = 1 << 30;

    private final IoEventLoop loop;
    private final DialRequest request;
    private final RawLeg leg;
    private final RawSocket socket;
    private final Future<?> timeout;

    private RawDial(IoEventLoop loop, DialRequest request, RawLeg leg, RawSocket socket) {
        this.loop = loop;
        this.request = request;
        this.leg = leg;
        this.socket = socket;
        this.timeout = loop.schedule(
                () -> fail("connection timed out"), request.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    public static void start(RawSockets sockets, DialRequest request, RawLeg leg) {
        Iterator<InetSocketAddress> locals = request.locals();
        boolean again;
        do {
            again = tryNext(sockets, request, leg, locals);
        } while (again);
    }

    /** Returns whether another local end is to be tried. */
    private static boolean tryNext(
            RawSockets sockets, DialRequest request, RawLeg leg, Iterator<InetSocketAddress> locals) {
        RawSocket socket;
        try {
            socket = sockets.open(request.remote().getAddress());
        } catch (RuntimeException e) {
            leg.failed(DataFailure.NO_SOCKET, SocketErrors.reason(e));
            return false;
        }
        leg.opens(socket);
        DataFailure step = DataFailure.NO_SOCKET;
        try {
            socket.arm();
            request.marks().apply(socket.socket());
            if (request.foreign()) {
                ForeignAddress.allow(socket.socket());
            }
            if (locals.hasNext()) {
                bind(socket.socket(), locals.next());
            }
            step = DataFailure.NOT_ACCEPTED;
            boolean connected = socket.socket().connect(request.remote());
            new RawDial(sockets.loop(), request, leg, socket).watch(connected);
            return false;
        } catch (IOException | RuntimeException e) {
            boolean taken = request.localPorts().isPresent() && FreePorts.isTaken(e);
            if (taken && locals.hasNext()) {
                socket.abort();
                return true;
            }
            leg.failed(taken ? DataFailure.NO_PORT : step, SocketErrors.reason(e));
            return false;
        }
    }

    /** A port that is for the system to pick is picked with the connect, when it need not be free for every peer. */
    private static void bind(Socket socket, InetSocketAddress local) throws IOException {
        if (local.getPort() == 0) {
            socket.setIntOpt(SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1);
        } else {
            socket.setReuseAddress(true);
        }
        socket.bind(local);
    }

    private void watch(boolean connected) {
        socket.watch(this);
        try {
            if (connected) {
                connected();
            } else {
                socket.ask(EpollIoOps.EPOLLOUT.value() | ONCE);
            }
        } catch (IOException e) {
            fail(SocketErrors.reason(e));
        }
    }

    @Override
    public void onReady(EpollIoOps ready) {
        try {
            if (socket.isConnected()) {
                connected();
            }
        } catch (IOException e) {
            fail(SocketErrors.reason(e));
        }
    }

    @Override
    public void onLoopEnd() {
        fail("the event loop closed it");
    }

    private void connected() throws IOException {
        timeout.cancel(false);
        if (leg.opening()) {
            if (request.header().isPresent()) {
                socket.sendFirst(request.header().get().buffer());
            }
            leg.connected(socket, socket.socket().localAddress(), request.remote());
        }
    }

    private void fail(String detail) {
        timeout.cancel(false);
        if (!loop.isShuttingDown()) {
            leg.failed(DataFailure.NOT_ACCEPTED, detail);
        }
    }
}
