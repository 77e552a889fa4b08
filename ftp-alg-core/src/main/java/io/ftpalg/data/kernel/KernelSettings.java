package io.ftpalg.data.kernel;

import io.ftpalg.protocol.PortRange;
import java.util.List;

/**
 * What a {@link KernelPlane} is started with.
 *
 * @param name ends the name of the table, {@code ftp_alg_<name>}; letters, digits and underscores
 * @param ports the own ports of data connections, towards clients and servers; no other connection is looked at
 * @param logGroup the NFLOG group, 0 to 65535, which one process has at a time
 * @param flows how many requests may be in the table or connected at a time
 */
public record KernelSettings(String name, List<PortRange> ports, int logGroup, int flows) {
    /** The size of each map of the table. */
    static final int MOST_FLOWS = 65_535;

    private static final int MOST_RANGES = 8;

    /** Checks each value. */
    public KernelSettings {
        ports = List.copyOf(ports);
        if (!name.matches("[A-Za-z0-9_]{1,32}")) {
            throw new IllegalArgumentException(
                    "name of the table: 1 to 32 letters, digits or underscores, not '" + name + "'");
        }
        if (ports.isEmpty() || ports.size() > MOST_RANGES) {
            throw new IllegalArgumentException("1 to " + MOST_RANGES + " port ranges are needed, not " + ports);
        }
        if (logGroup < 0 || logGroup > 0xFFFF) {
            throw new IllegalArgumentException("NFLOG group: 0 to 65535, not " + logGroup);
        }
        if (flows < 1 || flows > MOST_FLOWS) {
            throw new IllegalArgumentException("flows: 1 to " + MOST_FLOWS + ", not " + flows);
        }
    }

    /** The name of the table. */
    String table() {
        return "ftp_alg_" + name;
    }
}
