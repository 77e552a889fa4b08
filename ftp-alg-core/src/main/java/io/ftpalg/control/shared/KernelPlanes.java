package io.ftpalg.control.shared;

import io.ftpalg.data.kernel.KernelPlane;
import io.ftpalg.data.kernel.KernelSettings;
import io.ftpalg.data.netlink.NetlinkOpener;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The kernel data planes of gateways that were started together, and of their successors: one for each {@link KernelSettings}, started
 * by the first gateway that needs it and closed with the last. Shared by threads that start and stop gateways; guarded by its own lock,
 * under which a plane is started.
 */
public final class KernelPlanes {
    private final Map<KernelSettings, Use> planes = new HashMap<>();

    private static final class Use {
        private final KernelPlane plane;
        private int gateways;

        Use(KernelPlane plane) {
            this.plane = plane;
        }
    }

    /** Returns the plane for a gateway that needs one, which {@link #release releases} it once. */
    public synchronized KernelData acquire(KernelSettings settings, NetlinkOpener opener) throws IOException {
        Use use = planes.get(settings);
        if (use == null) {
            use = new Use(KernelPlane.start(settings, opener));
            planes.put(settings, use);
        }
        use.gateways++;
        return new KernelData(use.plane, settings);
    }

    /** A gateway needs the plane no more; returns what completes when nothing is left of it, or another gateway has it. */
    public synchronized CompletionStage<Void> release(KernelData data) {
        Use use = planes.get(data.settings());
        if (use == null || --use.gateways > 0) {
            return CompletableFuture.completedFuture(null);
        }
        planes.remove(data.settings());
        use.plane.close();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        use.plane.terminated().addListener(done -> closed.complete(null));
        return closed;
    }
}
