package io.ftpalg.data.port;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetSocketAddress;

/**
 * Leaves the choice of a local port to connect where only the local address matters (IP_BIND_ADDRESS_NO_PORT, ip(7)).
 *
 * <p>A port that bind picks must be free for every peer, and is not while a connection from it is in TIME_WAIT: some 28,000
 * connections a minute use them all up. A port that connect picks need only be free towards its peer. Stateless.
 */
public final class LateBind {
    private static final int SOL_IP = 0;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    private static final IntegerUnixChannelOption OPTION =
            new IntegerUnixChannelOption("IP_BIND_ADDRESS_NO_PORT", SOL_IP, IP_BIND_ADDRESS_NO_PORT);

    private LateBind() {}

    /** Prepares a socket, not bound yet, for this local end; returns whether it picks its port at connect. */
    public static boolean prepare(SocketChannel socket, InetSocketAddress local) {
        boolean late = local.getPort() == 0
                && (socket instanceof EpollSocketChannel || socket instanceof IoUringSocketChannel);
        return late && socket.config().setOption(OPTION, 1);
    }
}
