package io.ftpalg.control.shared;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The live sessions of a gateway, and its end: when it takes no more and the last is gone. Shared by all event loops and by
 * the thread that stops the gateway; guarded by its own lock and concurrent sets. Each session in it acts on its own loop only.
 */
public final class Sessions {
    private final SharedGatewayState neighbours;
    private final Set<LiveSession> live = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<GatewayFailure> failed = new CompletableFuture<>();
    private volatile Phase phase = Phase.OPEN;
    private int clients;

    private enum Phase {
        OPEN,
        /** Another gateway takes new clients; the sessions continue. */
        RETIRED,
        /** The sessions are asked to end. */
        STOPPING
    }

    /** Makes it empty; the sessions are numbered together with those of other generations. */
    public Sessions(SharedGatewayState neighbours) {
        this.neighbours = neighbours;
    }

    /** Returns the account of what control connections hold, these and those of other generations. */
    public ControlMemory memory() {
        return neighbours.memory();
    }

    public long nextId() {
        return neighbours.nextSession();
    }

    /**
     * Counts an accepted client in before its session is made, so that the gateway does not end in between; false if it has
     * ended. Who was counted in must {@link #leave}.
     */
    public synchronized boolean enter() {
        if (isOver()) {
            return false;
        }
        clients++;
        return true;
    }

    public void leave() {
        synchronized (this) {
            clients--;
        }
        completeIfOver();
    }

    public void add(LiveSession session) {
        live.add(session);
        if (phase == Phase.STOPPING) {
            session.shutdown();
        }
    }

    public void remove(LiveSession session) {
        live.remove(session);
        completeIfOver();
    }

    /** Returns how many sessions there are, those included whose last reply is still on its way. */
    public int size() {
        return live.size();
    }

    /** Returns the live session of this number; from any thread. */
    public Optional<ClientSession> find(long id) {
        return clientSessions().filter(session -> session.id() == id).findFirst();
    }

    private Stream<ClientSession> clientSessions() {
        return live.stream().filter(ClientSession.class::isInstance).map(ClientSession.class::cast);
    }

    /** Returns all live sessions as they are now, each on its own event loop; those that end meanwhile may be left out. */
    public CompletableFuture<List<SessionSnapshot>> snapshots() {
        return LoopWalk.over(clientSessions().toList(), ClientSession::snapshot);
    }

    /** Returns the live session of this number as it is now, on its own event loop. */
    public CompletableFuture<Optional<SessionSnapshot>> snapshot(long id) {
        return LoopWalk.over(find(id).stream().toList(), ClientSession::snapshot)
                .thenApply(found -> found.stream().findFirst());
    }

    /** Returns who receives the dialogue of sessions. */
    public List<SessionTracer> tracers() {
        return neighbours.tracers();
    }

    /** Gives this tracer the sessions that begin from now on, here and in other generations, and those that are live here. */
    public CompletableFuture<Void> trace(SessionTracer tracer) {
        neighbours.add(tracer);
        return forEach(session -> session.trace(tracer));
    }

    /** Takes this tracer from all sessions that are live here, and gives it no more. */
    public CompletableFuture<Void> endTrace(SessionTracer tracer) {
        neighbours.remove(tracer);
        return forEach(session -> session.endTrace(tracer));
    }

    private CompletableFuture<Void> forEach(Consumer<ClientSession> action) {
        return LoopWalk.over(clientSessions().toList(), session -> {
                    action.accept(session);
                    return session;
                })
                .thenAccept(all -> {});
    }

    /** Returns what completes when it was stopped, by either way, and no session is left. */
    public CompletableFuture<Void> drained() {
        return drained;
    }

    /** Returns what completes when the gateway cannot continue, with the first reason; its sessions are as they are. */
    public CompletableFuture<GatewayFailure> failed() {
        return failed;
    }

    /** The gateway cannot continue; from any thread. */
    public void fail(GatewayFailure failure) {
        failed.complete(failure);
    }

    /** The gateway cannot continue if this is an error of the JVM; else nothing happens. From any thread. */
    public void failIfFatal(Throwable thrown) {
        GatewayFailure.of(thrown).ifPresent(this::fail);
    }

    /** Lets all sessions run to their end: new clients go to another gateway. */
    public void retire() {
        synchronized (this) {
            if (phase == Phase.OPEN) {
                phase = Phase.RETIRED;
            }
        }
        completeIfOver();
    }

    /** Returns whether new clients come here. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Asks all sessions to end: idle ones at once, others after their transfer. */
    public CompletableFuture<Void> stop() {
        synchronized (this) {
            phase = Phase.STOPPING;
        }
        live.forEach(LiveSession::shutdown);
        completeIfOver();
        return drained;
    }

    /** Ends those that are left. */
    public void stopNow() {
        live.forEach(LiveSession::shutdownNow);
    }

    private synchronized boolean isOver() {
        return phase != Phase.OPEN && clients == 0 && live.isEmpty();
    }

    private void completeIfOver() {
        if (isOver()) {
            drained.complete(null);
        }
    }
}
