package io.ftpalg.control.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A control connection on NIO that receives urgent data in its stream and can send it. Netty has no option for either, and
 * drops the urgent byte of an ABOR where it is not asked for in line.
 */
public final class UrgentNioSocketChannel extends NioSocketChannel {

    /** Makes a socket that is not connected. */
    UrgentNioSocketChannel() {
        inline(javaChannel());
    }

    /** Takes an accepted socket. */
    UrgentNioSocketChannel(@Nullable Channel parent, SocketChannel socket) {
        super(parent, socket);
        inline(socket);
    }

    /** Sends one byte as TCP urgent data, right now: what was written before must be flushed. */
    public void sendUrgent(int octet) throws IOException {
        javaChannel().socket().sendUrgentData(octet);
    }

    private static void inline(SocketChannel socket) {
        try {
            socket.socket().setOOBInline(true);
        } catch (SocketException e) {
            // The peer is gone already; the first read reports it.
        }
    }
}
