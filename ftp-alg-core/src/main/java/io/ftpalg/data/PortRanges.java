package io.ftpalg.data;

import io.ftpalg.protocol.PortRange;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports to listen on, one {@link PassivePorts} for each range that the gateway or a route names, so that a client's share
 * of a range is counted over all its sessions. Shared by all sessions and thread-safe; a range that was once asked for stays.
 */
public final class PortRanges {
    private final Map<PortRange, PassivePorts> passive = new ConcurrentHashMap<>();
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

    /** Returns the ports where any will do. */
    public PassivePorts any() {
        return any;
    }

    /** Returns the ports for passive clients. */
    public PassivePorts passive(Optional<PortRange> range) {
        return range.isEmpty() ? unasked
                : passive.computeIfAbsent(range.get(), asked -> PassivePorts.of(asked, percentPerClient));
    }
}
