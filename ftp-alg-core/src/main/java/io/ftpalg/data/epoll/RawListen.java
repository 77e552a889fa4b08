package io.ftpalg.data.epoll;

import io.ftpalg.data.leg.DataHeaders;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.ForeignAddress;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.SocketErrors;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for one data connection by a bare socket: finds a port by binding it, lets the admitted peer in, closes the port.
 *
 * <p>An unexpected peer is cut and counted, and does not take the peer's place (RFC 2577 sections 4 and 8). On the session's loop.
 */
public final class RawListen implements RawSocket.Watcher {
    /** Small (RFC 2577 section 8): one connection is needed, and an unexpected peer is refused at once. */
    private static final int BACKLOG = 8;

    private static final int OUT_OF_DESCRIPTORS_PAUSE_SECONDS = 1;
    /** Room for a sockaddr_in6 behind its length. */
    private static final int ADDRESS_BYTES = 26;

    private final RawSockets sockets;
    private final ListenRequest request;
    private final RawLeg leg;
    private final Optional<PassivePorts.Lease> lease;
    private @Nullable RawSocket listener;
    /** The connections of balancers that have not named their peer yet. */
    private final Set<RawHeader> awaited = new HashSet<>();

    private InetSocketAddress local;
    private int unexpectedPeers;

    private RawListen(RawSockets sockets, ListenRequest request, RawLeg leg, Optional<PassivePorts.Lease> lease) {
        this.sockets = sockets;
        this.request = request;
        this.leg = leg;
        this.lease = lease;
        this.local = new InetSocketAddress(request.bind(), 0);
    }

    public static void start(RawSockets sockets, ListenRequest request, RawLeg leg) {
        PassivePorts ports = request.ports();
        if (!ports.ranged()) {
            new RawListen(sockets, request, leg, Optional.empty()).bind(ports.anyPorts(), DataFailure.NO_SOCKET);
            return;
        }
        Optional<PassivePorts.Lease> lease = ports.lease(request.controlPeer());
        if (lease.isPresent()) {
            new RawListen(sockets, request, leg, lease).bind(ports.candidates(), DataFailure.NO_PORT);
        } else {
            leg.failed(DataFailure.SHARE_HELD, "the client's address holds its share of the passive ports");
        }
    }

    /** Makes the leg's socket of a connection that a channel accepted, which is not registered. */
    public static void adopt(
            RawSockets sockets,
            ListenRequest request,
            RawLeg leg,
            EpollSocketChannel accepted,
            InetSocketAddress local,
            InetSocketAddress remote) {
        // The channel is left to itself: the descriptor is the socket's from here.
        RawSocket socket = sockets.accepted(accepted.fd().intValue());
        try {
            socket.arm();
            request.marks().apply(socket.socket());
        } catch (IOException e) {
            socket.abort();
            leg.failed(DataFailure.NOT_ACCEPTED, SocketErrors.reason(e));
            return;
        }
        leg.connected(socket, local, remote);
    }

    private void bind(PrimitiveIterator.OfInt candidates, DataFailure failure) {
        String detail = "";
        while (candidates.hasNext()) {
            try {
                listen(candidates.nextInt());
                return;
            } catch (IOException | RuntimeException e) {
                detail = SocketErrors.reason(e);
            }
        }
        release();
        leg.failed(failure, detail);
    }

    private void listen(int port) throws IOException {
        RawSocket attempt = sockets.open(request.bind());
        try {
            attempt.socket().setReuseAddress(true);
            request.marks().apply(attempt.socket());
            if (request.foreign()) {
                ForeignAddress.allow(attempt.socket());
            }
            attempt.socket().bind(new InetSocketAddress(request.bind(), port));
            attempt.socket().listen(BACKLOG);
            attempt.watch(this);
            attempt.ask(EpollIoOps.EPOLLIN.value());
        } catch (IOException | RuntimeException e) {
            attempt.abort();
            throw e;
        }
        listener = attempt;
        leg.opens(attempt);
        attempt.onClose(this::release);
        local = port == 0 ? attempt.socket().localAddress() : new InetSocketAddress(request.bind(), port);
        leg.events().listening(local);
    }

    private void release() {
        List.copyOf(awaited).forEach(RawHeader::abort);
        awaited.clear();
        lease.ifPresent(PassivePorts.Lease::close);
    }

    @Override
    public void onLoopEnd() {
        leg.failed(DataFailure.NO_SOCKET, "the event loop ended");
    }

    @Override
    public void onReady(EpollIoOps ready) {
        RawSocket from = listener;
        byte[] address = new byte[ADDRESS_BYTES];
        while (from != null && !from.isClosed() && leg.opening()) {
            int fd;
            try {
                fd = from.socket().accept(address);
            } catch (IOException e) {
                pause(from);
                return;
            }
            if (fd < 0) {
                return;
            }
            RawSocket accepted = sockets.accepted(fd);
            consider(from, accepted, NativeInetAddress.address(address, 1, address[0]));
        }
    }

    private void consider(RawSocket from, RawSocket accepted, InetSocketAddress remote) {
        Optional<Duration> headerTimeout = request.headerTimeout(remote);
        if (headerTimeout.isPresent()) {
            awaitHeader(from, accepted, remote, headerTimeout.get());
        } else {
            considerPeer(from, accepted, remote);
        }
    }

    /** The balancer names the peer first; others may connect meanwhile. */
    private void awaitHeader(RawSocket from, RawSocket accepted, InetSocketAddress balancer, Duration timeout) {
        if (awaited.size() == DataHeaders.MOST) {
            refuse(accepted, balancer);
            return;
        }
        RawHeader header = new RawHeader(sockets, accepted, (read, outcome) -> {
            awaited.remove(read);
            if (!leg.opening()) {
                read.socket().abort();
            } else if (outcome.isPresent()) {
                considerPeer(from, read.socket(), outcome.get().client().orElse(balancer));
            } else {
                refuse(read.socket(), balancer);
            }
        });
        awaited.add(header);
        try {
            header.start(timeout);
        } catch (IOException e) {
            awaited.remove(header);
            header.abort();
        }
    }

    private void considerPeer(RawSocket from, RawSocket accepted, InetSocketAddress remote) {
        if (!request.admits(remote)) {
            refuse(accepted, remote);
            return;
        }
        try {
            accepted.arm();
        } catch (IOException e) {
            // It was reset between its accept and now: the place is still free.
            accepted.abort();
            return;
        }
        from.abort();
        leg.connected(accepted, local, remote);
    }

    private void refuse(RawSocket unexpected, InetSocketAddress remote) {
        try {
            unexpected.arm();
        } catch (IOException e) {
            // Gone already.
        }
        unexpected.abort();
        leg.events().unexpectedPeer(remote);
        unexpectedPeers++;
        if (unexpectedPeers == request.unexpectedPeers()) {
            leg.failed(DataFailure.UNEXPECTED_PEERS, unexpectedPeers + " unexpected peers connected");
        }
    }

    /** Out of descriptors: accepting again at once would spin. */
    private void pause(RawSocket from) {
        try {
            from.ask(0);
        } catch (IOException e) {
            leg.failed(DataFailure.NO_SOCKET, SocketErrors.reason(e));
            return;
        }
        var unused = sockets.loop().schedule(() -> resume(from), OUT_OF_DESCRIPTORS_PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void resume(RawSocket from) {
        try {
            from.ask(EpollIoOps.EPOLLIN.value());
        } catch (IOException e) {
            leg.failed(DataFailure.NO_SOCKET, SocketErrors.reason(e));
        }
    }
}
