package io.ftpalg.data.shared;

import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;

/**
 * The shared passive ports of gateways that were started together, and of their successors: each is opened by the first session that
 * needs it, and closed when nobody has needed it for a while, or with the last gateway. Thread-safe; guarded by its own lock.
 */
public final class SharedPorts {
    private final Map<InetSocketAddress, SharedPort> open = new HashMap<>();
    private int gateways;

    /** A gateway may use it, which {@link #release releases} it once. */
    public synchronized void acquire() {
        gateways++;
    }

    /** A gateway needs it no more. With the last one the ports are closed. */
    public void release() {
        List<SharedPort> closing = List.of();
        synchronized (this) {
            gateways--;
            if (gateways == 0) {
                closing = List.copyOf(open.values());
                open.clear();
            }
        }
        closing.forEach(SharedPort::close);
    }

    /**
     * Closes those that accept on these event loops, which are about to end: the next session that needs one opens it on a loop of its own.
     * To be called before the loops are stopped, since a loop may leave its channels open.
     */
    public void closeOn(Iterable<? extends EventExecutor> loops) {
        Set<EventExecutor> ending = new HashSet<>();
        loops.forEach(ending::add);
        List<SharedPort> closing;
        synchronized (this) {
            closing = open.values().stream()
                    .filter(port -> ending.contains(port.loop()))
                    .toList();
        }
        closing.forEach(SharedPort::close);
    }

    /** Returns whether one is open there. */
    public synchronized boolean isOpen(InetSocketAddress address) {
        return open.containsKey(IpLiteral.canonical(address));
    }

    /** Returns the one that is open there, for tests. */
    synchronized Optional<SharedPort> at(InetSocketAddress address) {
        return Optional.ofNullable(open.get(IpLiteral.canonical(address)));
    }

    /** Returns the ports in the order in which this peer is to try them: that where it waits least first. */
    List<Integer> order(InetAddress bind, PrimitiveIterator.OfInt ports, InetAddress peer) {
        record Candidate(int port, int waiting) {}
        List<Candidate> candidates = new ArrayList<>();
        ports.forEachRemaining(
                (int port) -> candidates.add(new Candidate(port, waiting(new InetSocketAddress(bind, port), peer))));
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::waiting))
                .map(Candidate::port)
                .toList();
    }

    private int waiting(InetSocketAddress local, InetAddress peer) {
        SharedPort port;
        synchronized (this) {
            port = open.get(IpLiteral.canonical(local));
        }
        return port == null ? 0 : port.waiting(peer);
    }

    /** Waits at this port, which is opened if it is not. A session whose event loop ends waits no more. */
    void join(InetSocketAddress local, EventLoop loop, DataTransport transport, SharedListen joining) {
        while (!loop.isShuttingDown()) {
            SharedPort opened = null;
            SharedPort port;
            synchronized (this) {
                port = open.get(IpLiteral.canonical(local));
                if (port == null) {
                    opened = new SharedPort(local, loop, this::closed);
                    port = opened;
                    open.put(IpLiteral.canonical(local), port);
                }
            }
            if (port.add(joining)) {
                if (opened != null) {
                    opened.start(transport);
                }
                return;
            }
            closed(port);
        }
    }

    private synchronized void closed(SharedPort port) {
        open.remove(IpLiteral.canonical(port.local()), port);
    }
}
