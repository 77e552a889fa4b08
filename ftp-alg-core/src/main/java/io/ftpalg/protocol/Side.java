package io.ftpalg.protocol;

/** The side of a session, and the peer there. */
public enum Side {
    /** The FTP client that connected to the gateway. */
    CLIENT,
    /** The FTP server that the gateway connected to. */
    SERVER;

    /** Returns the peer across the gateway. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
