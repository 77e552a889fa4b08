package io.ftpalg.session;

/** Whether the client can still send and receive on its control connection. Owned by the session. */
final class ClientPresence {
    private boolean inputEnded;
    private boolean gone;

    /** The client will send no more. */
    void endInput() {
        inputEnded = true;
    }

    /** The client's control connection is gone. */
    void leave() {
        inputEnded = true;
        gone = true;
    }

    /** Returns whether the client will send no more. */
    boolean hasEnded() {
        return inputEnded;
    }

    /** Returns whether the client's control connection is gone. */
    boolean isGone() {
        return gone;
    }
}
