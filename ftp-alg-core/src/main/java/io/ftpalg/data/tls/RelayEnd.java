package io.ftpalg.data.tls;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;

/**
 * One connection of a {@code BufferRelay}, as far as TLS makes a difference: in the clear ({@link #clear}), or a
 * {@link TlsEnd}. Owned by its relay, on the session's loop.
 */
public interface RelayEnd {

    /** Puts the relay's handler into the pipeline, and begins the handshake if there is one. */
    void start(ChannelHandler handler);

    /** Returns whether payload may move: there is no handshake, or it is done and accepted. */
    boolean isReady();

    /** From now on payload moves. */
    void open();

    /** Sends our end behind everything that was written. */
    Future<? super Void> shutOutput();

    /** Makes the end of a connection in the clear. */
    static RelayEnd clear(SocketChannel socket) {
        return new RelayEnd() {
            @Override
            public void start(ChannelHandler handler) {
                socket.pipeline().addLast(handler);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void open() {}

            @Override
            public Future<? super Void> shutOutput() {
                return socket.shutdownOutput();
            }
        };
    }
}
