package io.ftpalg.data.kernel;

import io.ftpalg.protocol.PortRange;
import java.util.List;

/** A process with a plane, for tests that kill it. */
final class PlaneProgram {
    private PlaneProgram() {}

    public static void main(String[] arguments) throws Exception {
        KernelPlane plane = KernelPlane.start(
                new KernelSettings("child", List.of(new PortRange(41000, 41999)), 23, 10), Namespace.opener());
        plane.terminated().await();
    }
}
