package io.ftpalg.session.base;

/** Whether the client can still send and receive on its control connection. Owned by the session. */
public final class ClientPresence {
    private boolean inputEnded;
    private boolean gone;

    /** The client will send no more. */
    public void endInput() {
        inputEnded = true;
    }

    /** The client's control connection is gone. */
    public void leave() {
        inputEnded = true;
        gone = true;
    }

    /** Returns whether the client will send no more. */
    public boolean hasEnded() {
        return inputEnded;
    }

    /** Returns whether the client's control connection is gone. */
    public boolean isGone() {
        return gone;
    }
}
