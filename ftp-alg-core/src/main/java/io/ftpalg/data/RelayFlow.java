package io.ftpalg.data;

/** One direction of a relay, as far as the judgement of its course goes. On the session's loop. */
interface RelayFlow {

    /** Tells whether the sender's FIN came, and everything before it was taken. */
    boolean inputEnded();

    /** Tells whether everything was written, and FIN after it. */
    boolean shut();

    /** From now on what comes is read and dropped: nobody wants it, but unread it would turn our FIN into an RST. */
    void discard();

    /** Returns the bytes whose write is through. */
    long written();

    /** Returns a number that grows whenever a byte moves, in or out. */
    long movement();
}
