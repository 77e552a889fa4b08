package io.ftpalg.policy;

import io.ftpalg.protocol.PortRange;
import java.util.List;

/**
 * How the kernel is set up to carry data, where {@link RelayType#KERNEL} is asked for: gateways that run beside each other on a host need
 * different names and groups.
 *
 * @param name ends the name of the table of nftables, {@code ftp_alg_<name>}: 1 to 32 letters, digits and underscores
 * @param logGroup the NFLOG group by which the gateway sees connections begin and end: 0 to 65535
 * @param ports the gateway's ports of data connections that the kernel may carry; if empty, the passive ports and the source ports
 */
public record KernelPath(String name, int logGroup, List<PortRange> ports) {
    /** The table {@code ftp_alg_data}, and a group that nothing else is known to use. */
    public static final KernelPath DEFAULT = new KernelPath("data", 2121, List.of());

    /** Checks name and group. */
    public KernelPath {
        ports = List.copyOf(ports);
        if (!name.matches("[A-Za-z0-9_]{1,32}")) {
            throw new IllegalArgumentException("a name has 1 to 32 letters, digits or underscores, not '" + name + "'");
        }
        if (logGroup < 0 || logGroup > 65535) {
            throw new IllegalArgumentException("an NFLOG group is 0 to 65535, not " + logGroup);
        }
    }

    /** Returns the same with this name. */
    public KernelPath withName(String other) {
        return new KernelPath(other, logGroup, ports);
    }

    /** Returns the same for these ports. */
    public KernelPath withPorts(List<PortRange> other) {
        return new KernelPath(name, logGroup, other);
    }
}
