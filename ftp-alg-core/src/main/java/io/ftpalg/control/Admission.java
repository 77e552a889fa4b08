package io.ftpalg.control;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who may have a session: counts per gateway and per address, and knows the gateway's own ends of control connections so
 * that it does not become its own client. Shared by all event loops; guarded by its own lock, which is held for a few map
 * operations once a session.
 */
public final class Admission {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final Map<InetAddress, Integer> sessionsOf = new HashMap<>();
    private final Map<InetAddress, Integer> newSince = new HashMap<>();
    private final Set<InetSocketAddress> ownEnds = new HashSet<>();
    private int sessions;
    private long second;
    private boolean stopping;

    /** Makes an admission with nobody in. */
    public Admission(Limits limits) {
        this.limits = limits;
    }

    /** Says why nobody, or not this client, may come in whatever the limits; counts nothing. */
    synchronized Optional<CloseCause> turnAway(InetSocketAddress client) {
        return stopping ? Optional.of(CloseCause.SHUTDOWN)
                : ownEnds.contains(canonical(client)) ? Optional.of(CloseCause.LOOP) : Optional.empty();
    }

    /** Counts the client in, or says why not; who was let in must {@link #leave}. */
    synchronized Optional<CloseCause> enter(InetSocketAddress client, long now) {
        Optional<CloseCause> turnedAway = turnAway(client);
        if (turnedAway.isPresent()) {
            return turnedAway;
        }
        InetAddress address = IpLiteral.canonical(client.getAddress());
        if (newSince.isEmpty() || now - second >= SECOND) {
            second = now;
            newSince.clear();
        }
        if (sessions >= limits.sessions() || sessionsOf.getOrDefault(address, 0) >= limits.sessionsPerAddress()
                || newSince.merge(address, 1, Integer::sum) > limits.newSessionsPerSecond()) {
            return Optional.of(CloseCause.SESSION_LIMIT);
        }
        sessions++;
        sessionsOf.merge(address, 1, Integer::sum);
        return Optional.empty();
    }

    /** Counts the client out. */
    synchronized void leave(InetSocketAddress client) {
        sessions--;
        sessionsOf.computeIfPresent(IpLiteral.canonical(client.getAddress()), (address, n) -> n == 1 ? null : n - 1);
    }

    /**
     * Remembers the gateway's end of a control connection to a server, until that has spoken: ports are used again, so a
     * client on the gateway's own host may later come from the same one.
     */
    synchronized void connected(InetSocketAddress ownEnd) {
        ownEnds.add(canonical(ownEnd));
    }

    /** Forgets the gateway's end of a control connection to a server. */
    synchronized void disconnected(InetSocketAddress ownEnd) {
        ownEnds.remove(canonical(ownEnd));
    }

    /** Lets nobody in from now on. */
    public synchronized void stop() {
        stopping = true;
    }

    /** Returns how many sessions there are. */
    synchronized int sessions() {
        return sessions;
    }

    private static InetSocketAddress canonical(InetSocketAddress address) {
        return new InetSocketAddress(IpLiteral.canonical(address.getAddress()), address.getPort());
    }
}
