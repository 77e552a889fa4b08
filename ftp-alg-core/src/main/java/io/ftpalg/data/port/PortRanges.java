package io.ftpalg.data.port;

import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports to listen on, one {@link PassivePorts} for each range that the gateway or a route names, so that a client's share
 * of a range is counted over all its sessions, and those that are open, which no session may dial. Shared by all sessions and thread-safe; a range that was once asked for stays.
 */
public final class PortRanges {
    private final Map<PortRange, PassivePorts> passive = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> open = ConcurrentHashMap.newKeySet();
    private final PassivePorts any = PassivePorts.ephemeral();
    private final PassivePorts unasked;
    private final int percentPerClient;

    /**
     * Makes it, without a range.
     *
     * @param unasked the ports where no range is asked for
     * @param percentPerClient how much of a range each client may hold at a time
     */
    public PortRanges(PassivePorts unasked, int percentPerClient) {
        this.unasked = unasked;
        this.percentPerClient = percentPerClient;
    }

    /** A data port was opened at this address. */
    public void opened(InetSocketAddress address) {
        open.add(IpLiteral.canonical(address));
    }

    /** A data port was closed, if there was one. */
    public void closed(InetSocketAddress address) {
        open.remove(IpLiteral.canonical(address));
    }

    /** Returns whether a data port is open there. */
    public boolean isOpen(InetSocketAddress address) {
        return open.contains(IpLiteral.canonical(address));
    }

    /** Returns the ports where any will do. */
    public PassivePorts any() {
        return any;
    }

    /** Returns the ports for passive clients. */
    public PassivePorts passive(Optional<PortRange> range) {
        return range.isEmpty()
                ? unasked
                : passive.computeIfAbsent(range.get(), asked -> PassivePorts.of(asked, percentPerClient));
    }
}
