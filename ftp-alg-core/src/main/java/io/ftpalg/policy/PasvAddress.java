package io.ftpalg.policy;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the host that a server names in a 227 reply is handled. The server's own host, that of the control connection, is
 * always allowed; another one is the server's mistake, an attack (RFC 2577 section 3, CVE-2020-8284), or a node of a cluster.
 *
 * @param mode what decides
 * @param networks the hosts that are allowed besides the server's own, where the mode is {@link Mode#NETWORKS}
 */
public record PasvAddress(Mode mode, List<Cidr> networks) {

    /** What decides on the host. */
    public enum Mode {
        /** Nothing: the server's own host is connected to, whatever the reply names. */
        IGNORE,
        /** The reply must name the server's own host. */
        MATCH,
        /** The reply must name the server's own host, or one of these networks, which is then connected to. */
        NETWORKS
    }

    /** Connects to the server's own host, whatever the reply names. */
    public static final PasvAddress IGNORE = new PasvAddress(Mode.IGNORE, List.of());
    /** Refuses a reply that names another host than the server's own. */
    public static final PasvAddress MATCH = new PasvAddress(Mode.MATCH, List.of());

    public PasvAddress {
        networks = List.copyOf(networks);
        if ((mode == Mode.NETWORKS) == networks.isEmpty()) {
            throw new IllegalArgumentException("networks are for the mode NETWORKS, which needs at least one");
        }
    }

    /** Returns one that follows the reply into these networks. */
    public static PasvAddress in(List<Cidr> networks) {
        return new PasvAddress(Mode.NETWORKS, networks);
    }

    /** Returns what these words mean together: {@code ignore}, {@code match}, or networks; nothing if they mean none of these. */
    public static Optional<PasvAddress> parse(List<String> words) {
        if (words.equals(List.of("ignore"))) {
            return Optional.of(IGNORE);
        }
        if (words.equals(List.of("match"))) {
            return Optional.of(MATCH);
        }
        List<Cidr> networks = new ArrayList<>();
        words.forEach(word -> Cidr.parse(word).ifPresent(networks::add));
        return words.isEmpty() || networks.size() < words.size() ? Optional.empty() : Optional.of(in(networks));
    }

    /**
     * Returns the host to connect to for data, or nothing if the reply is to be refused.
     *
     * @param named the host that the reply names
     * @param own the server's own host
     */
    public Optional<InetAddress> dataHost(InetAddress named, InetAddress own) {
        return switch (mode) {
            case IGNORE -> Optional.of(own);
            case MATCH -> Optional.of(own).filter(host -> IpLiteral.sameHost(host, named));
            case NETWORKS ->
                IpLiteral.sameHost(named, own)
                        ? Optional.of(own)
                        : Optional.of(named)
                                .filter(host -> networks.stream().anyMatch(network -> network.contains(host)));
        };
    }
}
