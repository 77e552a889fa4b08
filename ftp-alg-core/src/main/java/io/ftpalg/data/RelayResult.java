package io.ftpalg.data;

/**
 * What a relay did.
 *
 * @param end why it ended
 * @param bytesToClient bytes handed to the client's socket
 * @param bytesToServer bytes handed to the server's socket
 */
public record RelayResult(End end, long bytesToClient, long bytesToServer) {

    /** Why a relay ended. */
    public enum End {
        /** The sending side ended its stream in order; all of it was written to the other side, and its end too. */
        COMPLETE,
        /** The client reset its connection, or writing to it failed. */
        CLIENT_RESET,
        /** The server reset its connection, or writing to it failed. */
        SERVER_RESET,
        /** The server reset its connection before it sent a byte of a download in the clear; the client's was closed in order. */
        SERVER_UNUSED,
        /** A side under TLS ended without close_notify, so that nobody knows whether all was there. */
        TRUNCATED,
        /** A TLS handshake failed, or was not accepted. */
        TLS_FAILED,
        /** No byte moved for too long. */
        STALLED,
        /** {@link DataRelay#abort} was called, or the event loop ended. */
        ABORTED
    }
}
