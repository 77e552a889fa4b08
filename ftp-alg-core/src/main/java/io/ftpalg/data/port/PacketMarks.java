package io.ftpalg.data.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Marks on the packets of a data connection for routers and packet filters, from its SYN on. A value, shared freely.
 *
 * <p>Linux copies both from a listening socket to the connections that it accepts. Elsewhere, and with the JDK's sockets,
 * there is no mark, and a connection gets its codepoint when it was accepted. Where one cannot be set there is no data connection: a packet
 * that passes without its mark passes the wrong way.
 *
 * @param dscp the differentiated services codepoint, 0 to 63
 * @param mark SO_MARK, 0 to 2^32-1
 */
public record PacketMarks(Optional<Integer> dscp, Optional<Long> mark) {
    /** The packets are like any others, and setting nothing costs nothing. */
    public static final PacketMarks NONE = new PacketMarks(Optional.empty(), Optional.empty());

    /** The upper six bits of the byte that IPv4 calls type of service, and IPv6 traffic class (RFC 2474). */
    private static final int CODEPOINT_SHIFT = 2;

    // Linux
    private static final int SOL_SOCKET = 1;
    private static final int SO_MARK = 36;
    private static final ChannelOption<Integer> MARK = new IntegerUnixChannelOption("SO_MARK", SOL_SOCKET, SO_MARK);
    private static final ChannelOption<Integer> IPV4_TOS = new IntegerUnixChannelOption("IP_TOS", 0, 1);
    private static final ChannelOption<Integer> IPV6_TCLASS = new IntegerUnixChannelOption("IPV6_TCLASS", 41, 67);

    /** Marks a bare socket, before it connects or listens. Netty declares one exception there and throws another. */
    public void apply(Socket socket) throws IOException {
        if (dscp.isPresent()) {
            try {
                socket.setTrafficClass(dscp.get() << CODEPOINT_SHIFT);
            } catch (ChannelException e) {
                throw new IOException("cannot set the codepoint " + dscp.get() + ": " + e.getMessage(), e);
            }
        }
        if (mark.isPresent()) {
            try {
                socket.setIntOpt(SOL_SOCKET, SO_MARK, (int) mark.get().longValue());
            } catch (IOException | ChannelException e) {
                throw new IOException(refusal(e), e);
            }
        }
    }

    /** Marks a socket before it connects. */
    public void apply(SocketChannel socket) {
        dscp.ifPresent(value -> socket.config().setTrafficClass(value << CODEPOINT_SHIFT));
        mark(socket);
    }

    /** Marks a socket before it listens at this address. */
    public void apply(ServerSocketChannel listener, InetAddress address) {
        if (dscp.isPresent() && inherited()) {
            listener.config()
                    .setOption(address instanceof Inet6Address ? IPV6_TCLASS : IPV4_TOS, dscp.get() << CODEPOINT_SHIFT);
        }
        mark(listener);
    }

    /** Marks a connection that a marked socket accepted: with the codepoint, which not every system copies. */
    public void accepted(SocketChannel socket) {
        dscp.ifPresent(value -> socket.config().setTrafficClass(value << CODEPOINT_SHIFT));
    }

    /** The numbers of options are those of Linux: elsewhere they would set something else. */
    private static boolean inherited() {
        return Epoll.isAvailable();
    }

    private void mark(Channel channel) {
        if (mark.isEmpty()) {
            return;
        }
        boolean set;
        try {
            set = inherited()
                    && channel.config().setOption(MARK, (int) mark.get().longValue());
        } catch (RuntimeException e) {
            throw new IllegalStateException(refusal(e), e);
        }
        if (!set) {
            throw new IllegalStateException("a mark needs transport EPOLL");
        }
    }

    private String refusal(Throwable cause) {
        return "cannot set the mark " + mark.orElseThrow() + ", which needs CAP_NET_ADMIN: "
                + SocketErrors.rootMessage(cause);
    }

    /**
     * Sets the mark, if there is one, on a socket that is for nothing else; where there is epoll.
     *
     * @throws IOException if this process may not
     */
    public static void tryOut(Optional<Long> mark) throws IOException {
        if (mark.isPresent()) {
            // A bare socket does not load Netty's native library itself.
            Epoll.ensureAvailability();
            Socket socket = LinuxSocket.newSocketStream(false);
            try {
                new PacketMarks(Optional.empty(), mark).apply(socket);
            } finally {
                socket.close();
            }
        }
    }
}
