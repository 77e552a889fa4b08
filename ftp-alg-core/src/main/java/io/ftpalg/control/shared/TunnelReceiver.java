package io.ftpalg.control.shared;

import io.netty.channel.socket.SocketChannel;

/** Receives a connection that a client asked for by a tunnel, on the event loop that it was handed to; once. */
public interface TunnelReceiver {
    /** The connection is there: on this loop, set up as a data connection, and its client was notified. */
    void arrived(SocketChannel connection);

    /** It ended before. */
    void lost(Throwable cause);
}
