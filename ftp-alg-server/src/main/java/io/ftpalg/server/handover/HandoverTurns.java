package io.ftpalg.server.handover;

import io.ftpalg.server.handover.HandoverServer.Running;
import java.util.Optional;

/** Who replaces this process: one connection at a time, and once. On the thread of the handover. */
final class HandoverTurns {
    private final Running running;
    private Optional<HandoverHandler> replacing = Optional.empty();
    private boolean released;

    HandoverTurns(Running running) {
        this.running = running;
    }

    /** Begins with this connection; returns why it cannot. */
    Optional<String> begin(HandoverHandler connection) {
        if (released) {
            return Optional.of("another process has replaced it");
        }
        if (replacing.isPresent()) {
            return Optional.of("another process is replacing it");
        }
        replacing = Optional.of(connection);
        return Optional.empty();
    }

    Running running() {
        return running;
    }

    /** The listening sockets are another's from now on. */
    void release() {
        released = true;
        running.release();
    }

    /** This connection has ended. */
    void end(HandoverHandler connection) {
        replacing = replacing.filter(other -> other != connection);
    }
}
