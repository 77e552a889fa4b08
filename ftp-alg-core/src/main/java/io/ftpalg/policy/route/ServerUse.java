package io.ftpalg.policy.route;

/**
 * Receives the result of one session at one server: {@link #begun}, then {@link #failed} or, with
 * {@link #ready} before it or not, {@link #ended}. Called on the session's event loop, for many sessions on many loops:
 * thread-safe, and must not block.
 */
public interface ServerUse {
    /** Nothing listens. */
    ServerUse NONE = new ServerUse() {
        @Override
        public void begun() {}

        @Override
        public void ready() {}

        @Override
        public void failed(String detail) {}

        @Override
        public void ended() {}
    };

    /** A control connection to it is being made. */
    void begun();

    /** It greeted, and can be used. */
    void ready();

    /**
     * It could not be connected to, did not greet, or greeted with a refusal; or it had done nothing of all that for long when
     * the session ended. The detail is for the log.
     */
    void failed(String detail);

    /** The session left it, lost it, or came to an end. */
    void ended();
}
