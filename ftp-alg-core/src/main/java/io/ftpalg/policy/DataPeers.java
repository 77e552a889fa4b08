package io.ftpalg.policy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts may be the other end of a data connection, besides the peer of the control connection, which always may
 * (RFC 2577 sections 2 and 4). Holds for clients, and for servers in active mode.
 *
 * @param mode what decides
 * @param networks the other hosts, where the mode is {@link Mode#NETWORKS}
 */
public record DataPeers(Mode mode, List<Cidr> networks) {
    private static final int IPV4_BITS = 24;
    private static final int IPV6_BITS = 64;

    /** What decides on another host. */
    public enum Mode {
        /** No other host may. */
        SAME,
        /** Hosts of the control peer's network may connect: /24 of IPv4, /64 of IPv6. */
        NETWORK,
        /** Hosts of these networks may connect, and may be named by PORT and EPRT. */
        NETWORKS
    }

    /** Admits the control connection's peer only. */
    public static final DataPeers SAME = new DataPeers(Mode.SAME, List.of());
    /** Admits connections from the control peer's network. */
    public static final DataPeers NETWORK = new DataPeers(Mode.NETWORK, List.of());

    public DataPeers {
        networks = List.copyOf(networks);
        if ((mode == Mode.NETWORKS) == networks.isEmpty()) {
            throw new IllegalArgumentException("networks are for the mode NETWORKS, which needs at least one");
        }
    }

    /** Returns one that admits these networks too. */
    public static DataPeers in(List<Cidr> networks) {
        return new DataPeers(Mode.NETWORKS, networks);
    }

    /** Returns what these words mean together: {@code same}, {@code network/24}, or networks; nothing if they mean none of these. */
    public static Optional<DataPeers> parse(List<String> words) {
        if (words.equals(List.of("same"))) {
            return Optional.of(SAME);
        }
        if (words.equals(List.of("network/24"))) {
            return Optional.of(NETWORK);
        }
        List<Cidr> networks = new ArrayList<>();
        words.forEach(word -> Cidr.parse(word).ifPresent(networks::add));
        return words.isEmpty() || networks.size() < words.size() ? Optional.empty() : Optional.of(in(networks));
    }

    /** Returns whether this host may connect to a data port that was opened for this peer of the control connection. */
    public boolean mayConnect(InetAddress host, InetAddress controlPeer) {
        return mayBeNamed(host, controlPeer)
                || mode == Mode.NETWORK && networkOf(controlPeer).contains(host);
    }

    /**
     * Returns whether this peer of the control connection may have the gateway connect to this host by PORT or EPRT. Not
     * others in its network: they did not request that.
     */
    public boolean mayBeNamed(InetAddress host, InetAddress controlPeer) {
        return IpLiteral.sameHost(host, controlPeer) || networks.stream().anyMatch(network -> network.contains(host));
    }

    private static Cidr networkOf(InetAddress host) {
        return new Cidr(host, IpLiteral.canonical(host).getAddress().length == 4 ? IPV4_BITS : IPV6_BITS);
    }
}
