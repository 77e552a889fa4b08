package io.ftpalg.server.tls;

import io.ftpalg.protocol.ClientNetwork;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many new names the clients of one address may ask for: some at once, then so many a second. An IPv6 client is counted by
 * its /64. Not safe for threads: its owner locks.
 */
final class NewNameRate {
    static final int AT_ONCE = 100;
    static final int PER_SECOND = 50;
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    /** Addresses that are remembered; that unused longest is dropped. */
    private static final int MAX_NETWORKS = 4096;

    private final LongSupplier nanoTime;
    /** Until when the names asked for so far take, at one an interval: in the past for those who may ask for all at once. */
    private final Map<InetAddress, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true);

    NewNameRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts a new name of this client, unless there were too many. */
    boolean take(InetAddress client) {
        InetAddress network = ClientNetwork.of(client);
        long now = nanoTime.getAsLong();
        Long known = paidUntil.get(network);
        long start = known == null || known - now < 0 ? now : known;
        if (start - now > (AT_ONCE - 1) * INTERVAL) {
            return false;
        }
        paidUntil.put(network, start + INTERVAL);
        if (paidUntil.size() > MAX_NETWORKS) {
            Iterator<InetAddress> oldest = paidUntil.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** Uncounts a name of this client for which nothing was made. */
    void giveBack(InetAddress client) {
        paidUntil.computeIfPresent(ClientNetwork.of(client), (network, until) -> until - INTERVAL);
    }

    int networks() {
        return paidUntil.size();
    }
}
