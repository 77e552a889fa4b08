package io.ftpalg.data.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.InetSocketAddress;

/**
 * How data connections are set up and ended.
 *
 * <p>They are <em>armed</em> from the start: SO_LINGER 0 turns any close into an RST, so that a file cut by a fault, a stop
 * or a crash of the gateway never looks complete to its receiver. Only {@link #close} disarms.
 */
public final class DataSockets {
    private DataSockets() {}

    /** Sets a data connection up, before it is registered: armed, holding, and nothing read until it is asked for. */
    public static void prepare(SocketChannel socket) {
        SocketChannelConfig config = socket.config();
        config.setAllowHalfClosure(true);
        config.setAutoRead(false);
        config.setAutoClose(false);
        config.setTcpNoDelay(true);
        config.setSoLinger(0);
        config.setRecvByteBufAllocator(new ReadSizer());
        socket.pipeline().addLast(new HoldingHandler());
    }

    /** Returns what chooses the size of reads on a connection that was set up here. */
    public static ReadSizer reads(SocketChannel socket) {
        return socket.config().getRecvByteBufAllocator();
    }

    /** Ends it in order: what was written is still delivered, then FIN. */
    public static void close(Channel channel) {
        if (channel instanceof SocketChannel socket && socket.isOpen()) {
            try {
                socket.config().setSoLinger(-1);
            } catch (ChannelException e) {
                // The peer reset it in the meantime: there is no order left to keep.
            }
        }
        abort(channel);
    }

    /**
     * Ends it as it is: RST where it is armed. Bypasses the pipeline, whose handlers would first end
     * order (TLS: close_notify).
     */
    public static void abort(Channel channel) {
        if (channel.isRegistered()) {
            channel.unsafe().close(channel.newPromise());
        } else if (channel.isOpen()) {
            channel.unsafe().closeForcibly();
        }
    }

    /** Cuts a connection that was never prepared. */
    public static void refuse(SocketChannel socket) {
        try {
            socket.config().setSoLinger(0);
        } catch (ChannelException e) {
            // Gone already.
        }
        abort(socket);
    }

    static InetSocketAddress local(Channel channel) {
        return (InetSocketAddress) channel.localAddress();
    }

    static InetSocketAddress remote(Channel channel) {
        return (InetSocketAddress) channel.remoteAddress();
    }
}
