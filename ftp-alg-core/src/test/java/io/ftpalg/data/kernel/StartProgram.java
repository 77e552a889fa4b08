package io.ftpalg.data.kernel;

import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.util.List;

/** Starts a plane and prints why it cannot. */
@SuppressWarnings("SystemOut") // The test reads it.
final class StartProgram {
    private StartProgram() {}

    public static void main(String[] arguments) {
        KernelSettings settings = new KernelSettings("lacking", List.of(new PortRange(41000, 41999)), 24, 10);
        try (KernelPlane started = KernelPlane.start(settings, Namespace.opener())) {
            System.out.println("started: " + started.usable());
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
