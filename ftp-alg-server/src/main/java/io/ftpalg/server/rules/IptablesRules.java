package io.ftpalg.server.rules;

import static java.util.stream.Collectors.joining;

import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules for iptables and ip6tables: chains of their own, which the script replaces. Stateless. */
final class IptablesRules {
    private static final String NAT = "FTP_ALG_REDIRECT";
    private static final String GUARD = "FTP_ALG_GUARD";
    private static final String MANGLE = "FTP_ALG_DIVERT";

    private IptablesRules() {}

    static List<String> transparent(List<Diversion> diversions, List<String> interfaces) {
        return Stream.of(false, true)
                .flatMap(
                        ipv6 -> family(
                                diversions.stream()
                                        .filter(one -> one.ipv6() == ipv6)
                                        .toList(),
                                interfaces,
                                program(ipv6))
                                .stream())
                .toList();
    }

    private static List<String> family(List<Diversion> diversions, List<String> interfaces, String program) {
        if (diversions.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        // The listener itself is no socket to divert to.
        String own = " -p tcp -m multiport ! --dports "
                + RulesScript.listeners(diversions).map(String::valueOf).collect(joining(","))
                + " -m socket --transparent -j ";
        if (diversions.stream().anyMatch(one -> one.mode() == TransparentMode.REDIRECT)) {
            lines.addAll(chain(program + " -t nat", NAT, "PREROUTING"));
            if (diversions.stream().anyMatch(Diversion::spoofing)) {
                // An active server connects to a port of the gateway at the client's address, which may be in a
                // redirected range.
                lines.add(program + " -t nat -A " + NAT + own + "ACCEPT");
            }
        }
        lines.addAll(chain(program + " -t mangle", MANGLE, "PREROUTING"));
        lines.add(program + " -t mangle -A " + MANGLE + own + "MARK --set-mark " + RulesScript.MARK);
        lines.add(program + " -t mangle -A " + MANGLE + own + "ACCEPT");
        for (Diversion one : diversions) {
            for (String from : from(interfaces)) {
                String match = from + "-m addrtype ! --dst-type LOCAL -p tcp --dport ";
                one.ports().forEach(ports -> lines.add(first(program, one, match + range(ports))));
                one.passivePorts().forEach(ports -> lines.add(redirect(program, one, match + range(ports), "")));
            }
        }
        return lines.stream().distinct().toList();
    }

    /** What is forwarded: the connections that the kernel carries, by the ports of the gateway that they were made to. */
    static List<String> guard(List<PortRange> dataPorts, List<Boolean> families) {
        List<String> lines = new ArrayList<>();
        for (boolean ipv6 : families) {
            String program = program(ipv6);
            String append = program + " -A " + GUARD + ' ';
            lines.addAll(chain(program, GUARD, "FORWARD"));
            dataPorts.forEach(ports -> lines.add(
                    append + "-p tcp -m conntrack --ctstate DNAT --ctorigdstport " + range(ports) + " -j ACCEPT"));
            lines.add(append + (ipv6 ? "-p ipv6-icmp" : "-p icmp") + " -m conntrack --ctstate RELATED -j ACCEPT");
            lines.add(append + "-j DROP");
        }
        return lines;
    }

    private static String program(boolean ipv6) {
        return ipv6 ? "ip6tables -w" : "iptables -w";
    }

    /** Makes the chain, or empties it, and has it used once. */
    private static List<String> chain(String table, String chain, String by) {
        return List.of(
                table + " -N " + chain + " 2>/dev/null || " + table + " -F " + chain,
                table + " -C " + by + " -j " + chain + " 2>/dev/null || " + table + " -A " + by + " -j " + chain);
    }

    private static List<String> from(List<String> interfaces) {
        return interfaces.isEmpty()
                ? List.of("")
                : interfaces.stream().map(name -> "-i " + name + ' ').toList();
    }

    private static String first(String program, Diversion one, String match) {
        if (one.mode() == TransparentMode.REDIRECT) {
            return redirect(program, one, match, String.valueOf(one.port()));
        }
        return program + " -t mangle -A " + MANGLE + ' ' + match + " -j TPROXY --on-port " + one.port()
                + (one.anyAddress() ? "" : " --on-ip " + IpLiteral.format(one.address())) + " --tproxy-mark "
                + RulesScript.MARK;
    }

    private static String redirect(String program, Diversion one, String match, String port) {
        String rule = program + " -t nat -A " + NAT + ' ' + match;
        if (one.anyAddress()) {
            return rule + " -j REDIRECT" + (port.isEmpty() ? "" : " --to-ports " + port);
        }
        String literal = IpLiteral.format(one.address());
        return rule + " -j DNAT --to-destination " + (one.ipv6() ? "[" + literal + "]" : literal)
                + (port.isEmpty() ? "" : ":" + port);
    }

    private static String range(PortRange range) {
        return range.first() == range.last() ? String.valueOf(range.first()) : range.first() + ":" + range.last();
    }
}
