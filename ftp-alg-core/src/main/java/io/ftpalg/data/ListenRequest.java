package io.ftpalg.data;

import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * What is to be listened for: one data connection, from one peer.
 *
 * @param bind the local address that the peer is told, never the wildcard
 * @param ports where the port is from
 * @param admitted the only host that may connect (RFC 2577 section 2): the peer of the control connection
 * @param strangers how many others are turned away before the port is given up
 * @param admittedPort the only source port that may connect, where that is asked for: a server's L-1
 * @param marks what its packets are known by
 */
public record ListenRequest(InetAddress bind, PassivePorts ports, InetAddress admitted, int strangers,
        OptionalInt admittedPort, PacketMarks marks) {

    public ListenRequest {
        if (strangers < 1) {
            throw new IllegalArgumentException("at least one stranger is turned away, not " + strangers);
        }
    }

    /** Returns a request that admits any source port of the host, and marks nothing. */
    public static ListenRequest of(InetAddress bind, PassivePorts ports, InetAddress admitted, int strangers) {
        return new ListenRequest(bind, ports, admitted, strangers, OptionalInt.empty(), PacketMarks.NONE);
    }

    /** Returns the same with its packets marked. */
    public ListenRequest withMarks(PacketMarks others) {
        return new ListenRequest(bind, ports, admitted, strangers, admittedPort, others);
    }
}
