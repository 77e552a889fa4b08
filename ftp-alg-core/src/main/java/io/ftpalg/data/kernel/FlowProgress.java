package io.ftpalg.data.kernel;

/**
 * Payload that a connection has carried so far, by the counters of conntrack less the headers. It includes retransmissions and
 * the byte of a zero-window probe: growth of less than a segment is not progress.
 *
 * @param bytesFromPeer bytes that the peer sent
 * @param bytesFromTarget bytes that the target sent
 */
public record FlowProgress(long bytesFromPeer, long bytesFromTarget) {}
