package io.ftpalg.control.shared;

import io.ftpalg.policy.Limits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many sessions a gateway has, in all and for each address, and how many began in this second. Shared by all event loops,
 * and handed on to the gateway that takes its place; guarded by its own lock, which is held for a few map operations once a
 * session.
 */
public final class SessionCounts {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<InetAddress, Integer> sessionsOf = new HashMap<>();
    private final Map<InetAddress, Integer> newSince = new HashMap<>();
    private int sessions;
    private int awaited;
    private long second;

    /** Counts a client in, unless that would be more than the limits allow. */
    synchronized boolean enter(InetAddress address, Limits limits, long now) {
        if (newSince.isEmpty() || now - second >= SECOND) {
            second = now;
            newSince.clear();
        }
        if (isFull(address, limits) || newSince.merge(address, 1, Integer::sum) > limits.newSessionsPerSecond()) {
            return false;
        }
        count(address);
        return true;
    }

    /** Counts a connection in that may become a data connection, so that no number a second is too many. */
    synchronized boolean enterUnrated(InetAddress address, Limits limits) {
        if (isFull(address, limits)) {
            return false;
        }
        count(address);
        return true;
    }

    private boolean isFull(InetAddress address, Limits limits) {
        return sessions >= limits.sessions() || sessionsOf.getOrDefault(address, 0) >= limits.sessionsPerAddress();
    }

    private void count(InetAddress address) {
        sessions++;
        sessionsOf.merge(address, 1, Integer::sum);
    }

    /** Counts a client out. */
    synchronized void leave(InetAddress address) {
        sessions--;
        sessionsOf.computeIfPresent(address, (key, n) -> n == 1 ? null : n - 1);
    }

    /** Counts a connection in whose client is not known yet, unless the sessions would be more than the limit if it became one. */
    synchronized boolean enterAwaited(Limits limits) {
        if (sessions + awaited >= limits.sessions()) {
            return false;
        }
        awaited++;
        return true;
    }

    /** Counts such a connection out. */
    synchronized void leaveAwaited() {
        awaited--;
    }

    /** Returns how many sessions there are. */
    synchronized int sessions() {
        return sessions;
    }
}
