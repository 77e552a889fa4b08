package io.ftpalg;

import io.ftpalg.control.shared.ClientSession;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The live sessions of a gateway, for its operators: how they are, how to end one, and what passes in them. Owned by its
 * {@link FtpAlg}; its methods may be called from any thread and never block. Whatever is read of a session is read on its own event
 * loop, a few hundred in one turn, so that many sessions hold up no transfer. Stages complete on an event loop.
 */
public final class LiveSessions {
    private final Supplier<Optional<Sessions>> sessions;

    /** Makes those of a gateway, which has none before it starts. */
    LiveSessions(Supplier<Optional<Sessions>> sessions) {
        this.sessions = sessions;
    }

    /** Returns all of them as they are now, in no order. */
    public CompletionStage<List<SessionSnapshot>> snapshots() {
        return sessions.get().map(Sessions::snapshots).orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    /** Returns the session of this id as it is now; empty if it has ended, or never was. */
    public CompletionStage<Optional<SessionSnapshot>> snapshot(long id) {
        return sessions.get()
                .map(all -> all.snapshot(id))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * Ends the session of this id: a running transfer is cut, the client gets a 421, and the listeners receive
     * {@link io.ftpalg.policy.CloseCause#ENDED_BY_OPERATOR}.
     *
     * @param by who it was, for the log
     * @return whether there is such a session, which ends soon
     */
    public boolean end(long id, String by) {
        Optional<ClientSession> found = sessions.get().flatMap(all -> all.find(id));
        found.ifPresent(session -> session.endByOperator(by));
        return found.isPresent();
    }

    /**
     * Offers this tracer all live sessions of this gateway, and those that begin from now on, here and at gateways that were started
     * together with it or take its place. Completes when the live ones were offered.
     */
    public CompletionStage<Void> trace(SessionTracer tracer) {
        return sessions.get().map(all -> all.trace(tracer)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Gives this tracer no session any more; completes when it receives nothing more from the sessions of this gateway. */
    public CompletionStage<Void> endTrace(SessionTracer tracer) {
        return sessions.get().map(all -> all.endTrace(tracer)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }
}
