package io.ftpalg.control.shared;

import io.ftpalg.policy.TransparentMode;
import io.ftpalg.protocol.IpLiteral;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The address that a client of a transparent gateway connected to. Stateless; for channels of epoll. */
public final class OriginalDestination {
    // Linux, netfilter_ipv4.h and netfilter_ipv6/ip6_tables.h: a sockaddr in, or out, of connection tracking.
    private static final RawUnixChannelOption IPV4 = new RawUnixChannelOption("SO_ORIGINAL_DST", 0, 80, 16);
    private static final RawUnixChannelOption IPV6 = new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", 41, 80, 28);

    private static final int PORT_OFFSET = 2;
    private static final int IPV4_OFFSET = 4;
    private static final int IPV6_OFFSET = 8;

    private OriginalDestination() {}

    /**
     * Returns the address that this client connected to; none if it connected to the gateway itself, by any address of this host, or
     * if connection tracking does not have it.
     */
    public static Optional<InetSocketAddress> of(SocketChannel client, TransparentMode mode) {
        Optional<InetSocketAddress> destination =
                switch (mode) {
                    case REDIRECT -> tracked(client);
                    case TPROXY -> Optional.ofNullable(client.localAddress()).map(IpLiteral::canonical);
                };
        return destination.filter(address -> !SharedGatewayState.isThisHost(address.getAddress()));
    }

    /** The family is that of the packets: an IPv4 client of an IPv6 socket has the option of IPv4 only. */
    private static Optional<InetSocketAddress> tracked(SocketChannel client) {
        boolean ipv6 = IpLiteral.canonical(client.remoteAddress().getAddress()) instanceof Inet6Address;
        try {
            ByteBuffer address = client.config().getOption(ipv6 ? IPV6 : IPV4);
            return address == null ? Optional.empty() : Optional.of(read(address, ipv6));
        } catch (ChannelException e) {
            // Not tracked, or there is no connection tracking.
            return Optional.empty();
        }
    }

    /** Reads a sockaddr_in or sockaddr_in6. */
    static InetSocketAddress read(ByteBuffer sockaddr, boolean ipv6) {
        byte[] host = new byte[ipv6 ? 16 : 4];
        sockaddr.get(ipv6 ? IPV6_OFFSET : IPV4_OFFSET, host);
        return new InetSocketAddress(IpLiteral.of(host), Short.toUnsignedInt(sockaddr.getShort(PORT_OFFSET)));
    }
}
