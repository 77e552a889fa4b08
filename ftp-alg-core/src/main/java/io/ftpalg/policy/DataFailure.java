package io.ftpalg.policy;

/** Why a data connection could not be made: few enough to be a metric's label. */
public enum DataFailure {
    /** No port of the range is free. */
    NO_PORT,
    /** The client's address holds its share of the range. */
    SHARE_HELD,
    /** The gateway's socket could not be made or bound. */
    NO_SOCKET,
    /** The address that a 227 is to announce is that of a name which is not found. */
    NO_ADDRESS,
    /** The peer did not accept the connection: it refused it, or did not reply in time. */
    NOT_ACCEPTED,
    /** The peer did not connect to the gateway's port in time. */
    NOT_CONNECTED,
    /** Others than the expected peer connected to the gateway's port, and were refused. */
    UNEXPECTED_PEERS
}
