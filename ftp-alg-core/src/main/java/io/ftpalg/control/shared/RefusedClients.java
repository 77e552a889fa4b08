package io.ftpalg.control.shared;

import io.ftpalg.policy.Limits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many refused clients have a connection on which they may read why, in all and from each address. Each holds a
 * descriptor until it closes or the grace is over, and nothing else limits them. Shared by all event loops of all gateways
 * of one process, since they have their descriptors together; guarded by its own lock, which is held for a few map
 * operations once a refused client.
 */
public final class RefusedClients {
    private final Map<InetAddress, Integer> clientsOf = new HashMap<>();
    private int clients;

    /** Counts a client of this network in, unless that would be more than the limits allow. */
    synchronized boolean enter(InetAddress network, Limits limits) {
        if (clients >= limits.refusedClients()
                || clientsOf.getOrDefault(network, 0) >= limits.refusedClientsPerAddress()) {
            return false;
        }
        clients++;
        clientsOf.merge(network, 1, Integer::sum);
        return true;
    }

    /** Counts a client of this network out, which was counted in. */
    synchronized void leave(InetAddress network) {
        clients--;
        clientsOf.computeIfPresent(network, (key, n) -> n == 1 ? null : n - 1);
    }

    /** Returns how many there are. */
    public synchronized int count() {
        return clients;
    }
}
