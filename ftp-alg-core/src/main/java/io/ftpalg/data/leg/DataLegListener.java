package io.ftpalg.data.leg;

import io.ftpalg.policy.DataFailure;
import java.net.InetSocketAddress;

/** Receives the events of a {@link DataLeg} until it is connected; always called on the session's loop, never from inside the call that made it. */
public interface DataLegListener {

    /** The listening socket is bound; only for a leg that listens. */
    void onListening(InetSocketAddress local);

    /** The data connection is there; only once. A listening socket is closed by then (RFC 2577 section 4). */
    void onConnected(InetSocketAddress local, InetSocketAddress remote);

    /** On a connection that was {@link DataLeg#watch watched} bytes, an end, or a failure are there. */
    default void onReadable() {}

    /** There will be no data connection: nothing more comes from this leg, and it needs no close. */
    void onFailed(DataFailure failure, String detail);

    /** An unexpected peer connected, and was closed. */
    void onUnexpectedPeer(InetSocketAddress remote);
}
