package io.ftpalg.routing;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks that are not the public Internet: this host, link-local and private networks, multicast.
 *
 * <p>A login that leads there reaches what only the gateway could reach, so a rule must name the very network.
 */
final class ReservedNetworks {
    private static final List<String> IPV4 = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final List<String> IPV6 = List.of(
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001::/32", "64:ff9b:1::/48");
    /** Where IPv6 carries an IPv4 address: compatible, SIIT (RFC 7915), NAT64 (RFC 6052) and 6to4 (RFC 3056). */
    private static final List<String> IPV4_IN_IPV6 = List.of("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "2002::/16");

    private static final List<Cidr> ALL = all();

    private ReservedNetworks() {}

    /** Returns whether the address lies in one of them. */
    static boolean contain(InetAddress address) {
        return ALL.stream().anyMatch(reserved -> reserved.contains(address));
    }

    /**
     * Returns whether a network that holds the address is specific enough: a reserved address counts
     * only if nothing but that reserved network, or a part of it, was named. {@code 0.0.0.0/0} does not name loopback.
     */
    static boolean areNamedBy(Cidr network, InetAddress address) {
        return ALL.stream()
                .filter(reserved -> reserved.contains(address))
                .allMatch(reserved -> network.bits() >= reserved.bits());
    }

    private static List<Cidr> all() {
        List<Cidr> all = new ArrayList<>();
        IPV6.forEach(text -> all.add(network(text)));
        for (String text : IPV4) {
            Cidr ipv4 = network(text);
            all.add(ipv4);
            IPV4_IN_IPV6.forEach(carrier -> all.add(embedded(network(carrier), ipv4)));
        }
        return List.copyOf(all);
    }

    private static Cidr embedded(Cidr carrier, Cidr ipv4) {
        byte[] bytes = carrier.network().getAddress();
        System.arraycopy(ipv4.network().getAddress(), 0, bytes, carrier.bits() / 8, 4);
        return new Cidr(IpLiteral.of(bytes), carrier.bits() + ipv4.bits());
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
