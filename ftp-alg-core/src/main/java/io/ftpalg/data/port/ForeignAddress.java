package io.ftpalg.data.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * Lets a socket have a local address that is another host's (IP_TRANSPARENT, ip(7)): that of the server towards a client, that of
 * the client towards a server. Linux with epoll only. Stateless.
 *
 * <p>Packets to such a socket arrive here only if a rule of the packet filter delivers them to this host. The option of IPv4 holds
 * for sockets of IPv6 too.
 */
public final class ForeignAddress {
    private static final int SOL_IP = 0;
    private static final int IP_TRANSPARENT = 19;
    private static final IntegerUnixChannelOption OPTION =
            new IntegerUnixChannelOption("IP_TRANSPARENT", SOL_IP, IP_TRANSPARENT);

    /** Of documentation (RFC 5737), so that no host has it. */
    private static final byte[] NO_HOSTS = {(byte) 192, 0, 2, 1};

    private ForeignAddress() {}

    /** Prepares a bare socket, before it is bound. Netty declares one exception there and throws another. */
    public static void allow(Socket socket) throws IOException {
        try {
            socket.setIntOpt(SOL_IP, IP_TRANSPARENT, 1);
        } catch (IOException | ChannelException e) {
            throw new IOException(refusal(e), e);
        }
    }

    /**
     * Prepares a socket, before it is bound; or a listening socket, for what a rule (TPROXY) delivers to it.
     *
     * @throws IllegalStateException if this process may not
     */
    public static void allow(Channel socket) {
        boolean set;
        try {
            set = Epoll.isAvailable() && socket.config().setOption(OPTION, 1);
        } catch (RuntimeException e) {
            throw new IllegalStateException(refusal(e), e);
        }
        if (!set) {
            throw new IllegalStateException("a foreign local address needs transport EPOLL");
        }
    }

    private static String refusal(Throwable cause) {
        return "cannot set IP_TRANSPARENT, which needs CAP_NET_ADMIN or CAP_NET_RAW: "
                + SocketErrors.rootMessage(cause);
    }

    /**
     * Tries out, with a socket that is for nothing else, whether this process may have such an address; where there is epoll.
     *
     * @throws IOException if it may not
     */
    public static void tryOut() throws IOException {
        try (TrialSocket trial = new TrialSocket()) {
            allow(trial.socket);
        }
    }

    /**
     * Tries out whether this process may connect from this port of such an address.
     *
     * @throws IOException if it may not
     */
    public static void tryOut(OptionalInt port) throws IOException {
        if (port.isEmpty()) {
            return;
        }
        try (TrialSocket trial = new TrialSocket()) {
            allow(trial.socket);
            trial.socket.setReuseAddress(true);
            trial.socket.bind(new InetSocketAddress(InetAddress.getByAddress(NO_HOSTS), port.getAsInt()));
        }
    }

    /** A socket of IPv4 that is closed in any case. */
    private static final class TrialSocket implements AutoCloseable {
        private final Socket socket;

        TrialSocket() {
            // A bare socket does not load Netty's native library itself.
            Epoll.ensureAvailability();
            socket = LinuxSocket.newSocketStream(false);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
