package io.ftpalg.server;

import io.ftpalg.server.handover.HandoverException;
import io.ftpalg.server.handover.HandoverServer;
import io.ftpalg.server.handover.Predecessor;
import io.ftpalg.server.runtime.Gateways;
import io.ftpalg.server.settings.HandoverSettings;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process between the one that it replaces and the one that replaces it: {@link #begin} receives the listening sockets of a running
 * process, {@link #finish} lets that one listen no more, {@link #await} waits for the next. Owned by the main thread.
 */
final class Takeover {
    private static final Logger logger = LoggerFactory.getLogger(Takeover.class);

    private final Optional<HandoverSettings> settings;
    private final Optional<Predecessor> predecessor;

    private Takeover(Optional<HandoverSettings> settings, Optional<Predecessor> predecessor) {
        this.settings = settings;
        this.predecessor = predecessor;
    }

    /** Looks for a running process, and receives its listening sockets; both processes have them then. */
    static Takeover begin(Optional<HandoverSettings> settings) throws HandoverException, InterruptedException {
        if (settings.isEmpty()) {
            return new Takeover(settings, Optional.empty());
        }
        Optional<Predecessor> found = Predecessor.find(settings.get().socket());
        found.ifPresent(other ->
                logger.info("takeover started sockets={}", other.descriptors().size()));
        return new Takeover(settings, found);
    }

    /** Returns the descriptors of the listening sockets of the other process. */
    List<Integer> descriptors() {
        return predecessor.map(Predecessor::descriptors).orElse(List.of());
    }

    /** Returns whether there is another process, whose admin server is open until {@link #finish}. */
    boolean replacesAnother() {
        return predecessor.isPresent();
    }

    /** Lets the other process listen no more, now that this one listens. If it does not reply, both listen, and its end is the operator's. */
    void finish() throws InterruptedException {
        if (predecessor.isEmpty()) {
            return;
        }
        try (Predecessor other = predecessor.get()) {
            other.release();
            logger.info("takeover finished");
        } catch (HandoverException e) {
            logger.error("takeover finished, but not confirmed: {}", e.getMessage());
        }
    }

    /** Waits for a process that replaces this one, from now on; without this, a config without {@code handover} is never replaced. */
    void await(Gateways gateways, Replacement replaced) throws HandoverException, InterruptedException {
        if (settings.isPresent()) {
            replaced.opened(HandoverServer.open(settings.get().socket(), new HandoverServer.Running() {
                @Override
                public List<Integer> descriptors() {
                    return gateways.listeningDescriptors();
                }

                @Override
                public void release() {
                    replaced.release(settings.get().oldSessions());
                }
            }));
        }
    }
}
