package io.ftpalg.data.kernel;

import java.net.InetSocketAddress;

/**
 * Receives the results of one {@link FlowRequest}. Called on the loop that was given with it, never from inside a call of
 * {@link KernelPlane} or {@link KernelFlow}.
 *
 * <p>First {@link #onReady} or {@link #onUnavailable}. After {@link #onReady} comes {@link #onConnected} or
 * {@link #onFallback}, or nothing, if nobody connects or the elements are removed; after {@link #onConnected} comes
 * {@link #onEnded}. A target that refuses the connection is {@link #onEnded} without {@link #onConnected}. After
 * {@link #onUnavailable}, {@link #onFallback} and {@link #onEnded} nothing comes.
 */
public interface FlowListener {
    /** The elements are in the table: the port may be announced. */
    void onReady();

    /** Nothing was added; connections arrive at the listening socket. */
    void onUnavailable(String reason);

    /** The target has accepted the connection of this peer. */
    void onConnected(InetSocketAddress peer);

    /**
     * The peer's SYN was not answered in time. The elements and the entry of conntrack are deleted, so that its next SYN arrives at
     * the listening socket.
     */
    void onFallback(String reason);

    /** The connection has ended, or a request was cut that had none; called once. */
    void onEnded(FlowEnd end);
}
