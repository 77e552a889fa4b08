package io.ftpalg.control.shared;

import io.ftpalg.data.kernel.KernelPlane;
import io.ftpalg.data.kernel.KernelSettings;
import io.ftpalg.protocol.PortRange;

/**
 * What carries data in the kernel, for all sessions of a gateway. Constant; the plane guards itself.
 *
 * @param plane what makes and follows connections
 * @param settings what it was started with
 */
public record KernelData(KernelPlane plane, KernelSettings settings) {

    /** Returns whether the connections to all ports of a range are translated. */
    public boolean covers(PortRange range) {
        return settings.ports().stream()
                .anyMatch(ports -> ports.contains(range.first()) && ports.contains(range.last()));
    }
}
