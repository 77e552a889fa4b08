package io.ftpalg.control.shared;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.HostPort;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for clients of tunnels: sessions for the data connections that they have announced, and connections for the sessions
 * that are to use them. Constant; shared by all gateways of one process.
 *
 * @param sessions the sessions, each at the port that it announced (227, 229)
 * @param connections the connections, each at the port that its client is to name (PORT, EPRT)
 */
public record Tunnels(TunnelPorts<AwaitingSession> sessions, TunnelPorts<AwaitingConnection> connections) {

    /** Makes them; nothing waits. */
    public Tunnels() {
        this(new TunnelPorts<>(), new TunnelPorts<>());
    }

    /**
     * A session that has announced a port.
     *
     * @param isNamed whether this is how its client may name it: as announced, or as the server
     * @param user its client's name at the gateway, if it has one
     * @param loop its event loop
     * @param receiver receives the connection
     */
    public record AwaitingSession(
            Predicate<HostPort> isNamed, Optional<String> user, EventLoop loop, TunnelReceiver receiver) {
        /** Returns whether this request of a client is for it. */
        public boolean isFor(HostPort asked, Optional<ProxyUser> who) {
            return isNamed.test(asked) && user.equals(who.map(ProxyUser::name));
        }
    }

    /**
     * A connection whose client waits for a server to connect to it (BIND).
     *
     * @param user its client's name at the gateway, if it has one
     * @param handover hands it over; from any thread, once
     */
    public record AwaitingConnection(Optional<String> user, Handover handover) {}

    /** Hands a connection over. */
    @FunctionalInterface
    public interface Handover {
        /**
         * Notifies the client, and hands its connection to a session.
         *
         * @param peer who has connected, as the client is notified
         * @param loop the session's event loop, on which the receiver is notified
         */
        void to(InetSocketAddress peer, EventLoop loop, TunnelReceiver receiver);
    }
}
