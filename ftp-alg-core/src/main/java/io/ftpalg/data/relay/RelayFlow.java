package io.ftpalg.data.relay;

/** One direction of a relay, as far as the judgement of its course goes. On the session's loop. */
public interface RelayFlow {

    /** Returns whether the sender's FIN came, and everything before it was taken. */
    boolean inputEnded();

    /** Returns whether everything was written, and FIN after it. */
    boolean shut();

    /** Returns whether the sender never sent a byte; false if unknown. */
    boolean untouched();

    /** From now on what comes is read and discarded: unread it would turn our FIN into an RST. */
    void discard();

    /** Returns the bytes whose write is through. */
    long written();

    /** Returns whether the sender's FIN has arrived at its socket, even if bytes before it are not read yet. */
    Arrival end();

    /** Returns whether the receiver has acknowledged our FIN and all that was before it, or the system does not report it. */
    boolean acknowledged();

    /** Returns whether a read is outstanding, which would bring what has arrived. */
    boolean reading();

    /** What the system reports about the sender's FIN. */
    enum Arrival {
        /** It is there. */
        ARRIVED,
        /** It is not there. */
        MISSING,
        /** Only reading on shows it. */
        UNKNOWN
    }

    /** Returns a number that grows whenever a byte moves, in or out. */
    long movement();
}
