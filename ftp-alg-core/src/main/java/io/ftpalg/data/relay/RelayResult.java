package io.ftpalg.data.relay;

import io.ftpalg.policy.inspect.InspectionVerdict.Reject;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.Side;
import java.util.Optional;

/**
 * What a relay did.
 *
 * @param end why it ended
 * @param bytesToClient bytes handed to the client's socket
 * @param bytesToServer bytes handed to the server's socket
 * @param fault which side's TLS ended it, where the end is TRUNCATED or TLS_FAILED
 * @param rejection why its content was rejected, where the end is REJECTED
 */
public record RelayResult(
        End end, long bytesToClient, long bytesToServer, Optional<TlsFault> fault, Optional<Reject> rejection) {

    /** Makes one of a relay that TLS did not end. */
    public RelayResult(End end, long bytesToClient, long bytesToServer) {
        this(end, bytesToClient, bytesToServer, Optional.empty(), Optional.empty());
    }

    /** Makes one of a relay that no inspection rejected. */
    public RelayResult(End end, long bytesToClient, long bytesToServer, Optional<TlsFault> fault) {
        this(end, bytesToClient, bytesToServer, fault, Optional.empty());
    }

    /** Returns the same with this fault, if it is what ended the relay. */
    RelayResult with(Optional<TlsFault> found) {
        return end == End.TRUNCATED || end == End.TLS_FAILED
                ? new RelayResult(end, bytesToClient, bytesToServer, found, rejection)
                : this;
    }

    /** Returns the same with this rejection, if it is what ended the relay. */
    RelayResult withRejection(Optional<Reject> found) {
        return end == End.REJECTED ? new RelayResult(end, bytesToClient, bytesToServer, fault, found) : this;
    }

    /**
     * What was wrong with TLS.
     *
     * @param side on whose connection
     * @param failure why
     */
    public record TlsFault(Side side, TlsFailure failure) {}

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
        /** A side under TLS ended without close_notify, so that the data may be incomplete. */
        TRUNCATED,
        /** A TLS handshake failed, or was not accepted. */
        TLS_FAILED,
        /** The kernel carried it, and its end was not seen: the counts are those known last. */
        UNOBSERVED,
        /** No byte moved for too long. */
        STALLED,
        /** There was more to move than its terms allow. */
        OVER_LIMIT,
        /** Its content was rejected by an inspection. */
        REJECTED,
        /** {@link DataRelay#abort} was called, or the event loop ended. */
        ABORTED
    }
}
