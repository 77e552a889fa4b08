package io.ftpalg.policy;

/** When the gateway connects to a data port that the server opened. */
public enum DataConnect {
    /** As soon as the server named it: a dead port becomes a 425 to PASV, and the client may try another mode. */
    EARLY,
    /** When the transfer command comes: fewer idle connections at the server. */
    LATE
}
