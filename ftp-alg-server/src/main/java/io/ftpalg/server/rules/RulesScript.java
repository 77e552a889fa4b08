package io.ftpalg.server.rules;

import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.server.settings.DataPorts;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import io.ftpalg.server.settings.TransparentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The script that prepares a host for listeners in transparent mode, and for the kernel's data path; running it again replaces what it
 * made. It has what the settings need, and nothing else. Stateless.
 */
public final class RulesScript {
    /** Marks packets for sockets of the gateway that have addresses of other hosts. */
    static final String MARK = "0x" + TransparentSettings.MARK;

    private static final String ROUTES = "100";

    /** What loads the rules of the packet filter. */
    public enum Filter {
        /** The nft program. */
        NFTABLES,
        /** The iptables and ip6tables programs. */
        IPTABLES
    }

    /**
     * What the operator asks for.
     *
     * @param filter what loads the rules
     * @param interfaces the interfaces that clients are behind; any if empty
     * @param guarded whether this host is to forward nothing but what the kernel carries
     */
    public record Choice(Filter filter, List<String> interfaces, boolean guarded) {
        public Choice {
            interfaces = List.copyOf(interfaces);
        }
    }

    private RulesScript() {}

    /**
     * Returns the lines of the script; none if nothing in the settings needs one.
     */
    public static List<String> lines(ProgramSettings settings, Choice choice) {
        List<Diversion> diversions = settings.listeners().stream()
                .flatMap(listener -> Diversion.of(listener).stream())
                .toList();
        boolean kernel = settings.relay() == RelayType.KERNEL;
        if (diversions.isEmpty() && !kernel) {
            return List.of();
        }
        boolean past = settings.listeners().stream().anyMatch(RulesScript::dataPassesBy);
        List<Boolean> families = families(settings);
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "# What ftp-alg needs of this host. Run as root, at each start of the host and after a change of the config file.",
                "set -e",
                "",
                "# No ICMP redirects: they would show clients in the network of a server a way around this host.",
                "for setting in /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 > \"$setting\"; done"));
        if (!diversions.isEmpty()) {
            lines.addAll(List.of("", "# Marked packets are for this host, whatever their address."));
            families.forEach(ipv6 -> lines.addAll(routes(ipv6 ? "-6" : "-4")));
            lines.addAll(List.of("", "# Transparent mode."));
            lines.addAll(
                    choice.filter() == Filter.NFTABLES
                            ? NftRules.transparent(diversions, choice.interfaces())
                            : IptablesRules.transparent(diversions, choice.interfaces()));
        }
        // Before the host forwards.
        boolean guarded = kernel && choice.guarded() && !past;
        if (guarded && choice.filter() == Filter.NFTABLES) {
            lines.add("");
            lines.addAll(KernelGuard.lines(settings));
        } else if (guarded) {
            lines.addAll(List.of("", "# This host forwards nothing but the data connections that the kernel carries."));
            lines.addAll(IptablesRules.guard(DataPorts.of(settings), families));
        }
        if (kernel || past) {
            lines.addAll(
                    List.of(
                            "",
                            kernel
                                    ? "# Data that the kernel carries: this host forwards it."
                                    : "# Data connections under TLS that passes the gateway are forwarded (auth-mode: passthrough)."));
            families.forEach(ipv6 ->
                    lines.add("sysctl -qw " + (ipv6 ? "net.ipv6.conf.all.forwarding=1" : "net.ipv4.ip_forward=1")));
        }
        return lines;
    }

    /**
     * Returns a line for each two addresses that are to get the connections to the same port of servers: the rule of the first one
     * applies.
     */
    public static List<String> conflicts(ProgramSettings settings) {
        List<Diversion> diversions = settings.listeners().stream()
                .flatMap(listener -> Diversion.of(listener).stream())
                .toList();
        List<String> conflicts = new ArrayList<>();
        for (int i = 0; i < diversions.size(); i++) {
            for (Diversion later : diversions.subList(i + 1, diversions.size())) {
                diversions.get(i).conflict(later).ifPresent(conflicts::add);
            }
        }
        return conflicts;
    }

    /** Returns whether data connections go between client and server past the gateway. */
    private static boolean dataPassesBy(ListenerSettings listener) {
        return listener.transparent().isPresent()
                && listener.clientTls()
                        .auth()
                        .filter(AuthMode.PASSTHROUGH::equals)
                        .isPresent();
    }

    /** Returns for which IP versions there are listeners: false is IPv4, true IPv6. */
    private static List<Boolean> families(ProgramSettings settings) {
        return settings.listeners().stream()
                .flatMap(listener -> listener.bind().all().stream())
                .flatMap(address -> Diversion.families(address.getAddress()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> routes(String family) {
        String rule = "fwmark " + MARK + " lookup " + ROUTES;
        return List.of(
                "while ip " + family + " rule del " + rule + " 2>/dev/null; do :; done",
                "ip " + family + " rule add " + rule,
                "ip " + family + " route replace local default dev lo table " + ROUTES);
    }

    /** Returns the ports of the listeners, each once, in their order. */
    static Stream<Integer> listeners(List<Diversion> diversions) {
        return diversions.stream().map(Diversion::port).distinct().sorted();
    }
}
