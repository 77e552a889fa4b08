package io.ftpalg.server.settings;

import io.ftpalg.policy.RelayType;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operator sets on the host where the kernel carries data, as lines of a shell script: that the host forwards the gateway's data
 * connections, and nothing else. Running it again replaces what it made. Stateless.
 */
public final class KernelGuard {
    private KernelGuard() {}

    /** Returns the lines; none where the kernel carries nothing. */
    public static List<String> lines(ProgramSettings settings) {
        if (settings.relay() != RelayType.KERNEL) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(
                "# Data that the kernel carries: this host forwards it.",
                "sysctl -qw net.ipv4.ip_forward=1",
                "sysctl -qw net.ipv6.conf.all.forwarding=1",
                "sysctl -qw net.ipv4.conf.all.send_redirects=0",
                "",
                "# It forwards nothing else: clients reach servers through the gateway only.",
                "nft -f - <<'END'",
                "table inet ftp_alg_guard",
                "delete table inet ftp_alg_guard",
                "table inet ftp_alg_guard {",
                "\tchain forward {",
                "\t\ttype filter hook forward priority filter; policy drop;"));
        // A rule for each range: nft 1.0.6 does not know the type of a set of these ports.
        DataPorts.of(settings)
                .forEach(ports ->
                        lines.add("\t\tmeta l4proto tcp ct status dnat ct original proto-dst " + ports + " accept"));
        lines.addAll(List.of("\t\tct state related meta l4proto { icmp, ipv6-icmp } accept", "\t}", "}", "END"));
        return lines;
    }
}
