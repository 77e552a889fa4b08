package io.ftpalg.data.leg;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Optional;
import java.util.Set;

/** What the state of a TCP connection means, and that of a channel, by TCP_INFO (tcp(7)), where the transport reports it. */
public final class TcpState {
    public static final int SYN_SENT = 2;
    public static final int CLOSE = 7;
    private static final int FIN_WAIT_2 = 5;
    private static final int TIME_WAIT = 6;
    /** TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING. */
    private static final Set<Integer> FIN_ARRIVED = Set.of(TIME_WAIT, 8, 9, 11);

    private static final Set<Integer> FIN_ACKNOWLEDGED = Set.of(FIN_WAIT_2, TIME_WAIT, CLOSE);

    private TcpState() {}

    /** Returns whether the peer's FIN is there, whatever is read yet, and no RST. */
    public static boolean finArrived(int state) {
        return FIN_ARRIVED.contains(state);
    }

    /** Returns whether the peer has acknowledged our FIN and all that was before it, or is gone. */
    public static boolean finAcknowledged(int state) {
        return FIN_ACKNOWLEDGED.contains(state);
    }

    /** Returns the state by its number, or nothing if the transport does not report it; a closed channel is in {@link #CLOSE}. */
    public static Optional<Integer> of(SocketChannel socket) {
        try {
            if (socket instanceof EpollSocketChannel epoll) {
                return Optional.of(epoll.isOpen() ? epoll.tcpInfo().state() : CLOSE);
            }
            if (socket instanceof IoUringSocketChannel uring) {
                return Optional.of(uring.isOpen() ? uring.tcpInfo().state() : CLOSE);
            }
            return Optional.empty();
        } catch (ChannelException e) {
            return Optional.of(CLOSE);
        }
    }
}
