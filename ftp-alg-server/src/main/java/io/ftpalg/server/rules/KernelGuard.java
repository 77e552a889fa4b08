package io.ftpalg.server.rules;

import io.ftpalg.policy.RelayType;
import io.ftpalg.server.settings.DataPorts;
import io.ftpalg.server.settings.ProgramSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward chain of a host where the kernel carries data, as lines of a shell script: it accepts the gateway's data connections, and
 * nothing else. To be loaded before the host forwards. Running it again replaces what it made. Stateless.
 */
final class KernelGuard {
    private KernelGuard() {}

    /** Returns the lines; none where the kernel carries nothing. */
    static List<String> lines(ProgramSettings settings) {
        if (settings.relay() != RelayType.KERNEL) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(
                "# This host forwards nothing but the data connections that the kernel carries.",
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
