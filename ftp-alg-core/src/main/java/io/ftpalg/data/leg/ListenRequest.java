package io.ftpalg.data.leg;

import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.DataPeers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be listened for: one data connection, from one peer.
 *
 * @param bind the local address that the peer is sent, never the wildcard
 * @param ports where the port is from
 * @param controlPeer the peer of the control connection, whose port it is
 * @param peers the hosts that may connect in its place (RFC 2577 section 2)
 * @param unexpectedPeers how many unexpected peers are refused before the port is closed
 * @param admittedPort the only source port that may connect, where that is asked for: a server's L-1
 * @param marks marks on its packets
 * @param foreign whether the local address is another host's ({@link io.ftpalg.data.port.ForeignAddress})
 * @param headers the balancers in front, if their connections begin with a header
 */
public record ListenRequest(
        InetAddress bind,
        PassivePorts ports,
        InetAddress controlPeer,
        DataPeers peers,
        int unexpectedPeers,
        OptionalInt admittedPort,
        PacketMarks marks,
        boolean foreign,
        Optional<DataHeaders> headers) {

    public ListenRequest {
        if (unexpectedPeers < 1) {
            throw new IllegalArgumentException("the limit of unexpected peers is at least 1, not " + unexpectedPeers);
        }
    }

    /** Makes one for an address of this host. */
    public ListenRequest(
            InetAddress bind,
            PassivePorts ports,
            InetAddress controlPeer,
            DataPeers peers,
            int unexpectedPeers,
            OptionalInt admittedPort,
            PacketMarks marks) {
        this(bind, ports, controlPeer, peers, unexpectedPeers, admittedPort, marks, false, Optional.empty());
    }

    /** Returns a request that admits any source port of the control connection's peer, and marks nothing. */
    public static ListenRequest of(InetAddress bind, PassivePorts ports, InetAddress controlPeer, int unexpectedPeers) {
        return new ListenRequest(
                bind, ports, controlPeer, DataPeers.SAME, unexpectedPeers, OptionalInt.empty(), PacketMarks.NONE);
    }

    /** Returns the same with these hosts admitted. */
    public ListenRequest withPeers(DataPeers others) {
        return new ListenRequest(
                bind, ports, controlPeer, others, unexpectedPeers, admittedPort, marks, foreign, headers);
    }

    /** Returns the same with its packets marked. */
    public ListenRequest withMarks(PacketMarks others) {
        return new ListenRequest(
                bind, ports, controlPeer, peers, unexpectedPeers, admittedPort, others, foreign, headers);
    }

    /** Returns the same for an address that is another host's, if so. */
    public ListenRequest withForeign(boolean other) {
        return new ListenRequest(bind, ports, controlPeer, peers, unexpectedPeers, admittedPort, marks, other, headers);
    }

    /** Returns the same behind these balancers. */
    public ListenRequest withHeaders(Optional<DataHeaders> others) {
        return new ListenRequest(
                bind, ports, controlPeer, peers, unexpectedPeers, admittedPort, marks, foreign, others);
    }

    /** Returns how long the header of a connection from there is awaited, if it is to begin with one. */
    public Optional<Duration> headerTimeout(InetSocketAddress remote) {
        return headers.filter(balancers -> balancers.from().test(remote.getAddress()))
                .map(DataHeaders::timeout);
    }

    /** Returns whether a connection from there is the data connection. */
    public boolean admits(InetSocketAddress remote) {
        return peers.mayConnect(remote.getAddress(), controlPeer)
                && (admittedPort.isEmpty() || admittedPort.getAsInt() == remote.getPort());
    }
}
