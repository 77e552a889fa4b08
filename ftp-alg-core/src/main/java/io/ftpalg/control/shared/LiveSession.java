package io.ftpalg.control.shared;

/** A session among those of a gateway, which can be asked to end; from any thread, acted upon on the session's loop. */
public interface LiveSession {
    /** Asks it to end: at once if it is idle, else after its transfer. */
    void shutdown();

    /** Ends it, whatever it does. */
    void shutdownNow();
}
