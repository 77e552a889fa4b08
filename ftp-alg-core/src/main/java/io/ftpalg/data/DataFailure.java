package io.ftpalg.data;

/** Why there is no data connection. */
public enum DataFailure {
    /** No port of the range is free, or this client holds its share of them. */
    NO_PORT,
    /** The socket could not be made or bound. */
    BIND,
    /** Nobody accepts at the other end, or not in time. */
    CONNECT,
    /** Too many strangers connected. */
    STRANGERS
}
