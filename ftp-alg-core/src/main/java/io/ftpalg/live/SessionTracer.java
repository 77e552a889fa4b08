package io.ftpalg.live;

/**
 * Receives the dialogue of sessions while they run, passwords masked. Owned by an embedder; called on the event loop of each session,
 * for different sessions at the same time: thread-safe, and must not block. What it throws ends its trace of that session.
 *
 * <p>Sessions without a tracer cost nothing.
 */
public interface SessionTracer {

    /**
     * Returns whether it wants the lines of this session. Called once for each session: when the tracer is added, or as the session
     * begins, before its first line.
     */
    boolean wants(SessionSnapshot session);

    /** Receives a line of a session that it wanted; returns whether it wants more of that session. */
    boolean line(TraceLine line);
}
