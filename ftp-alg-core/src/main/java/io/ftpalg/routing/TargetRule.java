package io.ftpalg.routing;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One kind of server that logins may name: a network or a host name, and the ports there.
 *
 * @param hosts the network or name
 * @param ports the control ports, at least one range
 */
public record TargetRule(Hosts hosts, List<PortRange> ports) {
    /** The ports of a rule that names none: FTP, and FTP under TLS from the start. */
    public static final List<PortRange> DEFAULT_PORTS = List.of(new PortRange(21, 21), new PortRange(990, 990));

    /** Which hosts a rule is about. */
    public sealed interface Hosts {}

    /**
     * Every address of a network, under whatever name it was asked for. It holds an address of a reserved network
     * (loopback, private, link-local ...) only if it lies within that network: {@code 0.0.0.0/0} is the public Internet.
     *
     * @param cidr the network
     */
    public record Network(Cidr cidr) implements Hosts {
        @Override
        public String toString() {
            return cidr.network().getAddress().length == 4 ? cidr.toString() : "[" + cidr + ']';
        }
    }

    /**
     * A host name, or every name below one; it holds the public addresses of that name only.
     *
     * @param domain the name in lower case, without a final dot
     * @param below whether the names below it are meant ({@code *.example.com}) and not itself
     */
    public record Name(String domain, boolean below) implements Hosts {
        public Name {
            domain = HostPort.canonicalName(domain);
            if (!isName(domain)) {
                throw new IllegalArgumentException("not a host name");
            }
        }

        private boolean matches(String host) {
            String asked = HostPort.canonicalName(host);
            return below ? asked.endsWith('.' + domain) : asked.equals(domain);
        }

        @Override
        public String toString() {
            return below ? "*." + domain : domain;
        }
    }

    public TargetRule {
        ports = List.copyOf(ports);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a port");
        }
    }

    /** Returns the rules for every server of the public Internet, of either family, on these ports. */
    public static List<TargetRule> anyPublic(List<PortRange> ports) {
        return Stream.of("0.0.0.0/0", "::/0")
                .map(text -> new TargetRule(new Network(Cidr.parse(text).orElseThrow()), ports))
                .toList();
    }

    /**
     * Returns the rule that the text names, or nothing: {@code ftp.example.com}, {@code *.example.com:21,2100-2199},
     * {@code 10.0.0.0/8:21}, {@code [2001:db8::/32]:21}, {@code [::1]}; IPv6 only in brackets.
     */
    public static Optional<TargetRule> parse(String text) {
        boolean bracketed = text.startsWith("[");
        int end = bracketed ? text.indexOf(']') : text.indexOf(':');
        if (bracketed && end < 0) {
            return Optional.empty();
        }
        int colon = bracketed ? end + 1 : end;
        boolean hasPorts = colon >= 0 && colon < text.length();
        if (hasPorts && text.charAt(colon) != ':') {
            return Optional.empty();
        }
        String host = bracketed ? text.substring(1, end) : hasPorts ? text.substring(0, colon) : text;
        Optional<List<PortRange>> ports = hasPorts ? parsePorts(text.substring(colon + 1)) : Optional.of(DEFAULT_PORTS);
        Optional<Hosts> hosts = bracketed != host.indexOf(':') >= 0 ? Optional.empty() : parseHosts(host);
        return hosts.flatMap(some -> ports.map(of -> new TargetRule(some, of)));
    }

    private static Optional<Hosts> parseHosts(String text) {
        Optional<Cidr> cidr = Cidr.parse(text);
        if (cidr.isPresent()) {
            return cidr.map(Network::new);
        }
        boolean below = text.startsWith("*.");
        String domain = HostPort.canonicalName(below ? text.substring(2) : text);
        return isName(domain) ? Optional.of(new Name(domain, below)) : Optional.empty();
    }

    private static Optional<List<PortRange>> parsePorts(String text) {
        List<Optional<PortRange>> ports =
                Stream.of(text.split(",", -1)).map(PortRange::parse).toList();
        return ports.stream().allMatch(Optional::isPresent)
                ? Optional.of(ports.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /** Returns whether some address of what was asked for might pass: if not, there is no need to look its name up. */
    boolean mayAdmit(HostPort asked) {
        return hasPort(asked.port()) && (!(hosts instanceof Name name) || name.matches(asked.host()));
    }

    /** Returns whether it is for the name that was asked for, whatever its addresses are. */
    boolean names(HostPort asked) {
        return hosts instanceof Name name && name.matches(asked.host()) && hasPort(asked.port());
    }

    /** Returns whether this address of what was asked for passes. */
    boolean admits(HostPort asked, InetAddress resolved) {
        InetAddress address = IpLiteral.canonical(resolved);
        if (!mayAdmit(asked)) {
            return false;
        }
        return hosts instanceof Network network
                ? network.cidr().contains(address) && ReservedNetworks.areNamedBy(network.cidr(), address)
                : !ReservedNetworks.contain(address);
    }

    private boolean hasPort(int port) {
        return ports.stream().anyMatch(range -> range.contains(port));
    }

    private static boolean isName(String text) {
        return text.indexOf(':') < 0
                && HostPort.parse(text).isPresent()
                && IpLiteral.parse(text).isEmpty()
                && !text.endsWith(".");
    }

    @Override
    public String toString() {
        return hosts + ":" + ports.stream().map(PortRange::toString).collect(Collectors.joining(","));
    }
}
