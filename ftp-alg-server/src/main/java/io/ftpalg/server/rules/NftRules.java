package io.ftpalg.server.rules;

import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules for nftables: tables that the script replaces. The divert chain is behind dstnat, since the SYN of a connection that the kernel
 * data plane carries must be translated before it is looked up. {@code socket wildcard 0} would leave out the last ACK of a
 * handshake. Stateless.
 */
final class NftRules {
    private NftRules() {}

    static List<String> transparent(List<Diversion> diversions, List<String> interfaces) {
        List<String> chains = new ArrayList<>();
        List<Diversion> redirected = of(diversions, TransparentMode.REDIRECT);
        if (!redirected.isEmpty()) {
            chains.add("chain to_gateway {");
            chains.add("    type nat hook prerouting priority dstnat; policy accept;");
            if (redirected.stream().anyMatch(Diversion::spoofing)) {
                // An active server connects to a port of the gateway at the client's address, which may be in a
                // redirected range.
                chains.add("    " + own(diversions) + " accept");
            }
            redirected.stream()
                    .flatMap(one -> redirects(one, interfaces))
                    .distinct()
                    .forEach(rule -> chains.add("    " + rule));
            chains.add("}");
        }
        chains.add("chain divert {");
        chains.add("    type filter hook prerouting priority dstnat + 10; policy accept;");
        chains.add("    " + own(diversions) + " meta mark set " + RulesScript.MARK + " accept");
        of(diversions, TransparentMode.TPROXY).forEach(one -> chains.add("    " + tproxy(one, interfaces)));
        chains.add("}");
        return table("ftp_alg_transparent", chains);
    }

    /** A table in place of the one of this name. */
    private static List<String> table(String name, List<String> chains) {
        List<String> lines = new ArrayList<>(List.of(
                "nft -f - <<'END'",
                "table inet " + name + " {}",
                "delete table inet " + name,
                "table inet " + name + " {"));
        chains.forEach(line -> lines.add("    " + line));
        lines.add("}");
        lines.add("END");
        return lines;
    }

    private static List<Diversion> of(List<Diversion> all, TransparentMode mode) {
        return all.stream().filter(one -> one.mode() == mode).toList();
    }

    /** The packets of sockets that have addresses of other hosts; the listener of TPROXY is none of these. */
    private static String own(List<Diversion> diversions) {
        return "tcp dport != " + listeners(diversions) + " socket transparent 1";
    }

    /** The packets that go from clients to other hosts at these ports. */
    private static String match(Diversion one, List<String> interfaces, String ports) {
        String from = interfaces.isEmpty()
                ? ""
                : "iifname "
                        + set(interfaces.stream().map(name -> '"' + name + '"').toList()) + ' ';
        return from + "meta nfproto " + (one.ipv6() ? "ipv6" : "ipv4") + " fib daddr type != local tcp dport " + ports;
    }

    private static Stream<String> redirects(Diversion one, List<String> interfaces) {
        Stream<String> control = Stream.of(redirect(one, interfaces, ports(one.ports()), ":" + one.port()));
        return one.passivePorts().isEmpty()
                ? control
                : Stream.concat(control, Stream.of(redirect(one, interfaces, ports(one.passivePorts()), "")));
    }

    /** To the port, or to the same port if it is empty. */
    private static String redirect(Diversion one, List<String> interfaces, String ports, String port) {
        String match = match(one, interfaces, ports);
        return one.anyAddress()
                ? match + " redirect" + (port.isEmpty() ? "" : " to " + port)
                : match + " dnat " + (one.ipv6() ? "ip6" : "ip") + " to " + address(one) + port;
    }

    private static String tproxy(Diversion one, List<String> interfaces) {
        String to = (one.anyAddress() ? "" : address(one)) + ":" + one.port();
        return match(one, interfaces, ports(one.ports())) + " meta mark set " + RulesScript.MARK + " tproxy "
                + (one.ipv6() ? "ip6" : "ip") + " to " + to + " accept";
    }

    private static String address(Diversion one) {
        String literal = IpLiteral.format(one.address());
        return one.ipv6() ? "[" + literal + "]" : literal;
    }

    private static String listeners(List<Diversion> diversions) {
        return set(RulesScript.listeners(diversions).map(String::valueOf).toList());
    }

    private static String ports(List<PortRange> ports) {
        return set(ports.stream().map(NftRules::range).toList());
    }

    private static String range(PortRange range) {
        return range.first() == range.last() ? String.valueOf(range.first()) : range.first() + "-" + range.last();
    }

    private static String set(List<String> elements) {
        return elements.size() == 1 ? elements.get(0) : elements.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }
}
