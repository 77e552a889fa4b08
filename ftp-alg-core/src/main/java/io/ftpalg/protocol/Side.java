package io.ftpalg.protocol;

/** The peer that is meant: the gateway stands between the two, and every "which one?" is answered by this. */
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
