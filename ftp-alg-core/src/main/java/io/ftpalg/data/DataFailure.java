package io.ftpalg.data;

/** Why there is no data connection. */
public enum DataFailure {
    /** No port of the range is free. */
    NO_PORT,
    /** This client's address holds its share of the range. */
    SHARE_HELD,
    /** The socket could not be made or bound. */
    BIND,
    /** Nobody accepts at the other end, or not in time. */
    CONNECT,
    /** Too many strangers connected. */
    STRANGERS
}
