package io.ftpalg.control.shared;

import io.ftpalg.data.shared.SharedPorts;
import io.ftpalg.live.SessionTracer;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What gateways that were started together, and their successors, share: the numbers of their
 * sessions, where they listen, and their ends of control connections to servers, so that none becomes the client of another;
 * and the descriptors of the process, which they have together. Shared by all event loops of all of them; its sets are
 * concurrent, its counter is atomic, its tracers are one volatile value that its lock changes, and what it has of refused clients and descriptors guards itself.
 */
public final class SharedGatewayState {
    private final AtomicLong sessions = new AtomicLong();
    private final Set<InetSocketAddress> listeners = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> ownEnds = ConcurrentHashMap.newKeySet();
    private final LoopWatch loops = new LoopWatch();
    private final ControlMemory memory = new ControlMemory();
    private final RefusedClients refusedClients = new RefusedClients();
    private final KernelPlanes kernelPlanes = new KernelPlanes();
    private final Tunnels tunnels = new Tunnels();
    private final SharedPorts sharedPorts = new SharedPorts();
    private final DescriptorReserve descriptors;
    /** Read once for each session. */
    private volatile List<SessionTracer> tracers = List.of();

    /** Makes them, without a gateway. */
    public SharedGatewayState() {
        this(DescriptorReserve.ofProcess());
    }

    public SharedGatewayState(DescriptorReserve descriptors) {
        this.descriptors = descriptors;
    }

    public RefusedClients refusedClients() {
        return refusedClients;
    }

    /** Returns the passive ports that serve all sessions at a time. */
    public SharedPorts sharedPorts() {
        return sharedPorts;
    }

    /** Returns who receives the dialogue of sessions. */
    List<SessionTracer> tracers() {
        return tracers;
    }

    /** Lets this one receive the dialogue of sessions. */
    synchronized void add(SessionTracer tracer) {
        if (!tracers.contains(tracer)) {
            List<SessionTracer> more = new ArrayList<>(tracers);
            more.add(tracer);
            tracers = List.copyOf(more);
        }
    }

    /** This one receives nothing more. */
    synchronized void remove(SessionTracer tracer) {
        tracers = tracers.stream().filter(other -> !other.equals(tracer)).toList();
    }

    /** Returns what they have the kernel carry data by. */
    public KernelPlanes kernelPlanes() {
        return kernelPlanes;
    }

    /** Returns what waits for clients of tunnels. */
    public Tunnels tunnels() {
        return tunnels;
    }

    DescriptorReserve descriptors() {
        return descriptors;
    }

    /** Returns what watches their event loops. */
    public LoopWatch loops() {
        return loops;
    }

    /** Returns a number that no other session of these gateways has. */
    long nextSession() {
        return sessions.incrementAndGet();
    }

    /** Returns the account of what their control connections hold. */
    ControlMemory memory() {
        return memory;
    }

    /** One of them listens at this address from now on. */
    public void listens(InetSocketAddress address) {
        listeners.add(address);
    }

    /** None of them listens at this address any more. */
    public void listensNoMore(InetSocketAddress address) {
        listeners.remove(address);
    }

    /** Returns whether one of them listens there: a session that is sent to it would come back for ever. */
    public boolean isListener(InetSocketAddress target) {
        return listeners.stream()
                .anyMatch(listener -> listener.getPort() == target.getPort()
                        && (listener.getAddress().equals(target.getAddress())
                                || listener.getAddress().isAnyLocalAddress() && isThisHost(target.getAddress())));
    }

    /** Returns whether the address is one of this host's; false if the system does not tell. */
    public static boolean isThisHost(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    void connected(InetSocketAddress ownEnd) {
        ownEnds.add(IpLiteral.canonical(ownEnd));
    }

    void disconnected(InetSocketAddress ownEnd) {
        ownEnds.remove(IpLiteral.canonical(ownEnd));
    }

    /** Returns whether this client is one of them, on its way to a server. */
    boolean isOwnEnd(InetSocketAddress client) {
        return ownEnds.contains(IpLiteral.canonical(client));
    }
}
