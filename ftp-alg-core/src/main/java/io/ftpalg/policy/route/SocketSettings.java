package io.ftpalg.policy.route;

import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What the sockets of a session are like, where that is not for the system to choose.
 *
 * @param sourceAddress the local address of connections to the server, control and data
 * @param sourcePorts the local ports of connections to the server, and those on which its active data connections are awaited
 * @param passivePorts the ports that the client is sent to for data, in place of those of the gateway
 * @param announcedPorts the first of the ports that the client is sent in place of the passive ports, where a port map in front of the
 *     gateway shifts them; they are as many, and in the same order
 * @param activeSourcePort the local port of active data connections to the client, in place of that of the gateway
 * @param dscp the differentiated services codepoint of data connections, 0 to 63 (RFC 2474); those of control stay as they are
 * @param mark the mark of data connections for packet filters and routing, 0 to 2^32-1 (SO_MARK: Linux, transport epoll, and
 *     CAP_NET_ADMIN; without them there is no data connection); those of control have none
 */
public record SocketSettings(
        Optional<InetAddress> sourceAddress,
        Optional<PortRange> sourcePorts,
        Optional<PortRange> passivePorts,
        Optional<Integer> announcedPorts,
        Optional<Integer> activeSourcePort,
        Optional<Integer> dscp,
        Optional<Long> mark) {
    /** All is for the system to choose. */
    public static final SocketSettings DEFAULT = new SocketSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public SocketSettings {
        if (announcedPorts.isPresent()) {
            checkAnnounced(announcedPorts.get(), passivePorts);
        }
        if (activeSourcePort.filter(port -> port < 1 || port > 65535).isPresent()) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + activeSourcePort.get());
        }
        if (dscp.filter(value -> value < 0 || value > 63).isPresent()) {
            throw new IllegalArgumentException("a codepoint is 0 to 63, not " + dscp.get());
        }
        if (mark.filter(value -> value < 0 || value > 0xFFFF_FFFFL).isPresent()) {
            throw new IllegalArgumentException("a mark is 0 to 4294967295, not " + mark.get());
        }
    }

    /** Returns all by default but the address of connections to the server. */
    public static SocketSettings from(Optional<InetAddress> sourceAddress) {
        return sourceAddress.isEmpty()
                ? DEFAULT
                : new SocketSettings(
                        sourceAddress,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /** Returns the same with this local address of connections to the server. */
    public SocketSettings withSourceAddress(InetAddress address) {
        return new SocketSettings(
                Optional.of(address), sourcePorts, passivePorts, announcedPorts, activeSourcePort, dscp, mark);
    }

    /** Returns the same with these local ports of connections to the server. */
    public SocketSettings withSourcePorts(PortRange range) {
        return new SocketSettings(
                sourceAddress, Optional.of(range), passivePorts, announcedPorts, activeSourcePort, dscp, mark);
    }

    /** Returns the same with these ports for passive clients. */
    public SocketSettings withPassivePorts(PortRange range) {
        return new SocketSettings(
                sourceAddress, sourcePorts, Optional.of(range), announcedPorts, activeSourcePort, dscp, mark);
    }

    /** Returns the same with these ports announced in place of the passive ports, this one the first. */
    public SocketSettings withAnnouncedPorts(int first) {
        return new SocketSettings(
                sourceAddress, sourcePorts, passivePorts, Optional.of(first), activeSourcePort, dscp, mark);
    }

    /** Returns the port that the client is sent in place of this one of the passive ports. */
    public int announcedPort(int port) {
        return announcedPorts.isEmpty()
                        || passivePorts.isEmpty()
                        || !passivePorts.get().contains(port)
                ? port
                : announcedPorts.get() + port - passivePorts.get().first();
    }

    private static void checkAnnounced(int first, Optional<PortRange> passivePorts) {
        if (passivePorts.isEmpty()) {
            throw new IllegalArgumentException(
                    "ports are announced in place of passive ports, which there are none of");
        }
        int last = first + passivePorts.get().size() - 1;
        if (first < 1 || last > 65535) {
            throw new IllegalArgumentException("passive ports " + passivePorts.get() + " announced from " + first
                    + " would end at " + last + ": ports are 1 to 65535");
        }
    }

    /** Returns the same with this local port of active data connections to the client. */
    public SocketSettings withActiveSourcePort(int port) {
        return new SocketSettings(
                sourceAddress, sourcePorts, passivePorts, announcedPorts, Optional.of(port), dscp, mark);
    }

    /** Returns the same with this codepoint of data connections. */
    public SocketSettings withDscp(int codepoint) {
        return new SocketSettings(
                sourceAddress,
                sourcePorts,
                passivePorts,
                announcedPorts,
                activeSourcePort,
                Optional.of(codepoint),
                mark);
    }

    /** Returns the same with this mark of data connections. */
    public SocketSettings withMark(long value) {
        return new SocketSettings(
                sourceAddress, sourcePorts, passivePorts, announcedPorts, activeSourcePort, dscp, Optional.of(value));
    }

    /** Returns these, with the others where these leave the choice. */
    public SocketSettings orElse(SocketSettings others) {
        return new SocketSettings(
                sourceAddress.or(others::sourceAddress),
                sourcePorts.or(others::sourcePorts),
                passivePorts.or(others::passivePorts),
                passivePorts.isPresent() ? announcedPorts : others.announcedPorts,
                activeSourcePort.or(others::activeSourcePort),
                dscp.or(others::dscp),
                mark.or(others::mark));
    }
}
