package io.ftpalg.data.kernel;

import io.ftpalg.data.netlink.ConntrackEntry;
import io.ftpalg.data.netlink.IpVersion;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.PacketLog;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the {@link Flow} of each packet that is logged. On the plane's loop. */
final class FlowWatch implements PacketLog.Receiver {
    private static final Logger logger = LoggerFactory.getLogger(FlowWatch.class);

    /** How soon after an overflow conntrack is asked, which is how often at most. */
    static final long OVERFLOW_CHECK_MILLIS = 200;

    /** A peer without its port, and where it connects to or is sent to. */
    private record Expected(InetAddress peer, InetSocketAddress to) {}

    /** A connection as the forward hook sees it: its destination is translated, its source is not. */
    private record Connection(InetSocketAddress peer, InetSocketAddress target) {}

    private final IoEventLoop loop;
    private final KernelAccess kernel;
    private final CircuitBreaker breaker;
    private final Runnable onRelease;
    private final Runnable onLogFailure;
    /** Flows that have elements and no connection yet, by the own address and by the target. */
    private final Map<Expected, Flow> expected = new HashMap<>();

    private final Map<Expected, Flow> expectedByTarget = new HashMap<>();
    /** Flows that have a connection. */
    private final Map<Connection, Flow> followed = new HashMap<>();

    private boolean checkScheduled;

    /**
     * Makes one without flows.
     *
     * @param onRelease run for each flow that has ended
     * @param onLogFailure run when packets are not logged any more
     */
    FlowWatch(
            IoEventLoop loop, KernelAccess kernel, CircuitBreaker breaker, Runnable onRelease, Runnable onLogFailure) {
        this.loop = loop;
        this.kernel = kernel;
        this.breaker = breaker;
        this.onRelease = onRelease;
        this.onLogFailure = onLogFailure;
    }

    IoEventLoop loop() {
        return loop;
    }

    KernelAccess kernel() {
        return kernel;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** The elements of this flow are there. */
    void expect(Flow flow) {
        expected.put(new Expected(flow.request().peer(), flow.request().own()), flow);
        expectedByTarget.put(new Expected(flow.request().peer(), flow.request().target()), flow);
    }

    /** The connection of this flow is there. */
    void follow(Flow flow, InetSocketAddress peer) {
        expectNoMore(flow);
        followed.put(new Connection(peer, flow.request().target()), flow);
    }

    /** This flow has ended. */
    void release(Flow flow) {
        expectNoMore(flow);
        flow.peer()
                .ifPresent(peer ->
                        followed.remove(new Connection(peer, flow.request().target()), flow));
        onRelease.run();
    }

    private void expectNoMore(Flow flow) {
        expected.remove(new Expected(flow.request().peer(), flow.request().own()), flow);
        expectedByTarget.remove(
                new Expected(flow.request().peer(), flow.request().target()), flow);
    }

    /** Cuts all connections. */
    void cutAll() {
        List<Flow> flows = new ArrayList<>(followed.values());
        flows.addAll(expected.values());
        flows.forEach(Flow::cut);
    }

    @Override
    public void onPacket(LoggedPacket packet) {
        if (!packet.forwarded()) {
            onArrival(packet);
        } else if (!onFollowed(FlowSide.PEER, packet.from(), packet.to(), packet)
                && !onFollowed(FlowSide.TARGET, packet.to(), packet.from(), packet)) {
            onUnknown(packet);
        }
    }

    private void onArrival(LoggedPacket syn) {
        Flow flow = expected.get(new Expected(syn.from().getAddress(), syn.to()));
        if (flow != null) {
            flow.onArrived(syn.from());
            flow.onPacket(FlowSide.PEER, syn);
        }
    }

    private boolean onFollowed(FlowSide side, InetSocketAddress peer, InetSocketAddress target, LoggedPacket packet) {
        Flow flow = followed.get(new Connection(peer, target));
        if (flow != null) {
            flow.onPacket(side, packet);
        }
        return flow != null;
    }

    /** A packet of a connection whose SYN was not logged, as the kernel had no room for it; or of one that has ended. */
    private void onUnknown(LoggedPacket packet) {
        if (!onExpected(FlowSide.PEER, packet.from(), packet.to(), packet)) {
            onExpected(FlowSide.TARGET, packet.to(), packet.from(), packet);
        }
    }

    private boolean onExpected(FlowSide side, InetSocketAddress peer, InetSocketAddress target, LoggedPacket packet) {
        Flow flow = expectedByTarget.get(new Expected(peer.getAddress(), target));
        if (flow == null) {
            return false;
        }
        // Several may expect the same peer and have the same target: conntrack knows at which address of ours it
        // arrived.
        if (flow.isFrom(peer)) {
            flow.onArrived(peer);
            flow.onPacket(side, packet);
        } else {
            onOverflow();
        }
        return true;
    }

    @Override
    public void onOverflow() {
        if (!checkScheduled) {
            checkScheduled = true;
            logger.debug("packet log overflowed; asking conntrack for {} connections", followed.size());
            loop.schedule(this::checkAll, OVERFLOW_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks conntrack for each connection, and for those whose SYN was not logged. */
    private void checkAll() {
        checkScheduled = false;
        if (!expected.isEmpty()) {
            findArrived();
        }
        List.copyOf(followed.values()).forEach(Flow::check);
    }

    private void findArrived() {
        List<ConntrackEntry> arrived = new ArrayList<>();
        try {
            for (IpVersion version : IpVersion.values()) {
                kernel.conntrack().dump(version, entry -> {
                    Flow flow = find(entry);
                    if (flow != null
                            && flow.request().target().equals(entry.reply().from())) {
                        arrived.add(entry);
                    }
                });
            }
        } catch (IOException e) {
            logger.warn("kernel data plane: cannot list connections: {}", e.toString());
        }
        for (ConntrackEntry entry : arrived) {
            Flow flow = find(entry);
            if (flow != null) {
                flow.onArrived(entry.original().from());
            }
        }
    }

    private @Nullable Flow find(ConntrackEntry entry) {
        return expected.get(new Expected(
                entry.original().from().getAddress(), entry.original().to()));
    }

    @Override
    public void onFailure(IOException failure) {
        logger.warn("kernel data plane stopped: packets cannot be read from the log: {}", failure.toString());
        onLogFailure.run();
    }
}
