package io.ftpalg;

import io.ftpalg.system.SystemCalls;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A listening socket that is open already when a gateway starts: systemd opened it, or the process that this one replaces. A gateway
 * that is to listen at its address takes it over ({@link FtpAlg#startOn}), with the clients that wait there.
 *
 * <p>Linux only, for gateways with the transport epoll. Owned by whoever made it until a gateway takes it; not thread-safe.
 */
public final class InheritedSocket implements AutoCloseable {
    // Linux
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final IntegerUnixChannelOption ACCEPTS =
            new IntegerUnixChannelOption("SO_ACCEPTCONN", SOL_SOCKET, SO_ACCEPTCONN);

    private final EpollServerSocketChannel channel;
    private final InetSocketAddress address;
    private boolean taken;

    private InheritedSocket(EpollServerSocketChannel channel, InetSocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    /**
     * Returns the socket with this descriptor, which belongs to it from now on.
     *
     * @throws IllegalArgumentException if it is not a TCP socket that listens; it stays open then
     * @throws UnsupportedOperationException where there is no epoll
     */
    public static InheritedSocket of(int descriptor) {
        if (!Epoll.isAvailable()) {
            throw new UnsupportedOperationException("inherited sockets need epoll", Epoll.unavailabilityCause());
        }
        EpollServerSocketChannel channel;
        InetSocketAddress address;
        Integer accepts;
        try {
            channel = new EpollServerSocketChannel(descriptor);
            address = channel.localAddress();
            accepts = channel.config().getOption(ACCEPTS);
        } catch (ChannelException e) {
            throw new IllegalArgumentException("descriptor " + descriptor + " is not a socket", e);
        }
        if (address == null || accepts == null || accepts == 0) {
            throw new IllegalArgumentException("descriptor " + descriptor + " is not a TCP socket that listens");
        }
        unblock(descriptor);
        return new InheritedSocket(channel, address);
    }

    /** systemd's sockets block, and an event loop would wait in accept(2) for a client that has gone. */
    private static void unblock(int descriptor) {
        Optional<SystemCalls> calls = SystemCalls.find();
        if (calls.isPresent()) {
            try {
                calls.get().doNotBlock(descriptor);
            } catch (IOException e) {
                throw new IllegalArgumentException("descriptor " + descriptor + " cannot be set not to block", e);
            }
        }
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns whether a gateway that wants this address can have it: any address of this host is one, IPv4 or IPv6. */
    boolean fits(InetSocketAddress wanted) {
        return address.equals(wanted)
                || (address.getPort() == wanted.getPort()
                        && address.getAddress().isAnyLocalAddress()
                        && wanted.getAddress().isAnyLocalAddress());
    }

    /** Returns its channel, which is the caller's from now on. */
    EpollServerSocketChannel take() {
        taken = true;
        return channel;
    }

    /** Returns whether a gateway has taken it. */
    public boolean isTaken() {
        return taken;
    }

    /** Closes the descriptor, unless a gateway has taken it. Other processes that have the socket open are not affected. */
    @Override
    public void close() {
        if (!taken) {
            taken = true;
            try {
                new FileDescriptor(channel.fd().intValue()).close();
            } catch (IOException ignored) {
                // There is nothing left to do with it.
            }
        }
    }

    @Override
    public String toString() {
        return NetUtil.toSocketAddressString(address);
    }
}
