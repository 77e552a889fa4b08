package io.ftpalg.policy;

/** How a transfer ended, as the gateway saw it. */
public enum TransferEnd {
    /** Every byte that one side sent reached the other, and both ends closed in order. */
    COMPLETE,
    /** The server refused it before any data moved. */
    REFUSED,
    /** A data connection could not be made in time. */
    NO_DATA_CONNECTION,
    /** The client's data connection was reset. */
    CLIENT_RESET,
    /** The server's data connection was reset. */
    SERVER_RESET,
    /** A data connection under TLS ended without TLS's own end, so that it may be incomplete. */
    TRUNCATED,
    /** The TLS handshake of a data connection failed, or did not resume the session that it had to. */
    TLS_FAILED,
    /** No byte moved for too long. */
    STALLED,
    /** There was more to move than its terms allow ({@link io.ftpalg.policy.transfer.TransferTerms}). */
    OVER_LIMIT,
    /** Its content was rejected by an inspection ({@link io.ftpalg.policy.inspect.Inspection}). */
    REJECTED,
    /** The server ended it with a negative reply while data moved. */
    SERVER_FAILED,
    /**
     * The kernel carried it ({@link io.ftpalg.policy.transfer.DataPath#KERNEL}), and its end was not observed: the byte counts are those known last. The codes of
     * the final replies are all that is known of how it ended.
     */
    UNOBSERVED,
    /** The client sent ABOR. */
    ABORTED,
    /** The session ended before the final reply of the transfer. */
    SESSION_CLOSED
}
