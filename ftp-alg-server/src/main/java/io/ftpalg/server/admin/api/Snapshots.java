package io.ftpalg.server.admin.api;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.server.runtime.Gateways;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Snapshots of all sessions, at most two a second however many watch: those who ask within half a second receive the same. On the
 * event loop of the admin server.
 */
final class Snapshots {
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Gateways gateways;
    private CompletableFuture<List<SessionSnapshot>> last = CompletableFuture.completedFuture(List.of());
    private Optional<Long> takenAt = Optional.empty();

    Snapshots(Gateways gateways) {
        this.gateways = gateways;
    }

    synchronized CompletableFuture<List<SessionSnapshot>> all() {
        long now = System.nanoTime();
        if (takenAt.filter(at -> now - at < FRESH.toNanos()).isEmpty()) {
            takenAt = Optional.of(now);
            last = gateways.snapshots();
        }
        return last;
    }
}
