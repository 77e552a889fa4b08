package io.ftpalg.control.shared;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.ClientNetwork;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Admits clients to a gateway: by its limits, for counts that continue when another gateway takes its place, and the own
 * ends of control connections, so that no gateway becomes its own client. Shared by all event loops; all that changes here is
 * one volatile flag.
 */
public final class Admission {
    private final Limits limits;
    private final SessionCounts counts;
    private final SessionCounts requests = new SessionCounts();
    private final SharedGatewayState neighbours;
    private volatile boolean stopping;

    /** Makes an admission that counts there. */
    public Admission(Limits limits, SessionCounts counts, SharedGatewayState neighbours) {
        this.limits = limits;
        this.counts = counts;
        this.neighbours = neighbours;
    }

    /** Returns, and logs now and then, that this client has a descriptor which is reserved for existing sessions. */
    public boolean needsDescriptorOf(Channel client, long now) {
        boolean kept = neighbours.descriptors().has(client);
        if (kept) {
            neighbours.descriptors().onTurnedAway(now);
        }
        return kept;
    }

    /**
     * Counts a client that is refused as one that may read why, until it has closed; false if there are as many as allowed.
     * Who was counted must {@link #leaveRefused}.
     */
    public boolean enterRefused(InetSocketAddress client) {
        return neighbours.refusedClients().enter(ClientNetwork.of(client.getAddress()), limits);
    }

    /** Counts a refused client out. */
    public void leaveRefused(InetSocketAddress client) {
        neighbours.refusedClients().leave(ClientNetwork.of(client.getAddress()));
    }

    /** Returns why no client, or not this one, is admitted whatever the limits; counts nothing. */
    public Optional<CloseCause> turnAway(InetSocketAddress client) {
        return stopping
                ? Optional.of(CloseCause.SHUTDOWN)
                : neighbours.isOwnEnd(client) ? Optional.of(CloseCause.LOOP) : Optional.empty();
    }

    /** Admits and counts the client, or returns why not; one that was admitted must {@link #leave}. */
    public Optional<CloseCause> enter(InetSocketAddress client, long now) {
        Optional<CloseCause> turnedAway = turnAway(client);
        if (turnedAway.isPresent()) {
            return turnedAway;
        }
        return counts.enter(ClientNetwork.of(client.getAddress()), limits, now)
                ? Optional.empty()
                : Optional.of(CloseCause.SESSION_LIMIT);
    }

    /** Counts a balancer's connection, whose client is not known yet; false if there are as many as allowed, with the sessions. */
    public boolean enterAwaited() {
        return counts.enterAwaited(limits);
    }

    /** Counts such a connection out. */
    public void leaveAwaited() {
        counts.leaveAwaited();
    }

    /**
     * Counts a connection in whose client is yet to ask for something, by SOCKS or HTTP: as many as sessions at a time. One that was
     * counted in must {@link #leaveRequest}.
     */
    public Optional<CloseCause> enterRequest(InetSocketAddress client) {
        return requests.enterUnrated(ClientNetwork.of(client.getAddress()), limits)
                ? Optional.empty()
                : Optional.of(CloseCause.SESSION_LIMIT);
    }

    /** Counts a connection out whose client has asked, or is gone. */
    public void leaveRequest(InetSocketAddress client) {
        requests.leave(ClientNetwork.of(client.getAddress()));
    }

    /** Counts the client out. */
    public void leave(InetSocketAddress client) {
        counts.leave(ClientNetwork.of(client.getAddress()));
    }

    /**
     * Remembers the gateway's end of a control connection to a server, until that has spoken: ports are used again, so a
     * client on the gateway's own host may later come from the same one.
     */
    public void connected(InetSocketAddress ownEnd) {
        neighbours.connected(ownEnd);
    }

    /** Drops the gateway's end of a control connection to a server. */
    public void disconnected(InetSocketAddress ownEnd) {
        neighbours.disconnected(ownEnd);
    }

    /** Admits no client from now on. */
    public void stop() {
        stopping = true;
    }

    /** Returns how many sessions there are. */
    public int sessions() {
        return counts.sessions();
    }
}
