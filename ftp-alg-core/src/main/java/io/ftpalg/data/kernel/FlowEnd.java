package io.ftpalg.data.kernel;

/**
 * How a connection in the kernel ended, and what it carried.
 *
 * @param how why it ended
 * @param bytesFromPeer payload that the peer sent
 * @param bytesFromTarget payload that the target sent
 * @param exact whether the counts are exact: those by TCP's sequence numbers are, those by the counters of conntrack alone
 *     include retransmissions
 */
public record FlowEnd(How how, long bytesFromPeer, long bytesFromTarget, boolean exact) {
    /** Why a connection ended. */
    public enum How {
        /** The sending side ended its stream in order, and the other side has acknowledged it. */
        COMPLETE,
        /** The peer sent RST. */
        RESET_BY_PEER,
        /** The target sent RST, or refused the connection. */
        RESET_BY_TARGET,
        /** {@link KernelFlow#cut} or {@link KernelFlow#remove} was called, or the plane was closed. */
        CUT,
        /** Conntrack no longer has the connection, and no end of it was logged: flushed or expired. */
        LOST
    }
}
