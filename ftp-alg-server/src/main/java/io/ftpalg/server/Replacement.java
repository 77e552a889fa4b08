package io.ftpalg.server;

import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.handover.HandoverServer;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.runtime.Reloader;
import io.ftpalg.server.runtime.Shutdown;
import io.ftpalg.server.service.ServiceManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of this process when another has taken its place: it listens nowhere any more, its sessions continue, and the program ends with
 * the last of them, or when their time is over, as at SIGTERM. Made by the main thread, used by that of the handover.
 */
final class Replacement implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Replacement.class);

    private final Gateways gateways;
    private final AdminServer admin;
    private final Optional<Reloader> reloader;
    private final NextProcess next;
    private final ServiceManager manager;
    private final CompletableFuture<HandoverServer> server = new CompletableFuture<>();

    Replacement(
            Gateways gateways,
            AdminServer admin,
            Optional<Reloader> reloader,
            NextProcess next,
            ServiceManager manager) {
        this.next = next;
        this.manager = manager;
        this.gateways = gateways;
        this.admin = admin;
        this.reloader = reloader;
    }

    /** The socket is open at which the other process connects. */
    void opened(HandoverServer opened) {
        server.complete(opened);
    }

    /** Closes what the other process opens, and then waits on a thread of its own for the sessions. */
    void release(Duration oldSessions) {
        reloader.ifPresent(Reloader::close);
        CompletableFuture<Void> ended = gateways.retireAll();
        admin.close();
        gateways.audit().makeWay();
        server.thenAccept(HandoverServer::stopListening);
        // Before the other process is notified, which reports to the service manager then: as the main process it may.
        next.running().ifPresent(manager::mainProcess);
        logger.info("replaced by another process sessions={} time={}s", gateways.sessions(), oldSessions.toSeconds());
        new Thread(() -> end(ended, oldSessions), "replaced").start();
    }

    /** Lets no process replace this one any more. */
    @Override
    public void close() {
        server.thenAccept(HandoverServer::close);
    }

    private void end(CompletableFuture<Void> ended, Duration oldSessions) {
        try {
            Shutdown.awaitEnd(ended, oldSessions, gateways);
            // The shutdown hook ends the sessions that are left, and the program.
            System.exit(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
