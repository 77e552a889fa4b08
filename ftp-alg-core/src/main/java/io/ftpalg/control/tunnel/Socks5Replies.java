package io.ftpalg.control.tunnel;

import io.ftpalg.protocol.IpLiteral;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Replies of SOCKS 5 to requests (RFC 1928 section 6). */
final class Socks5Replies implements TunnelReplies {

    @Override
    public Object granted(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return new DefaultSocks5CommandResponse(
                    Socks5CommandStatus.SUCCESS, Socks5AddressType.DOMAIN, address.getHostString(), address.getPort());
        }
        InetAddress host = IpLiteral.canonical(address.getAddress());
        return new DefaultSocks5CommandResponse(
                Socks5CommandStatus.SUCCESS,
                host instanceof Inet4Address ? Socks5AddressType.IPv4 : Socks5AddressType.IPv6,
                IpLiteral.format(host),
                address.getPort());
    }

    @Override
    public Object refused(Refusal why) {
        return refused(
                switch (why) {
                    case NOT_ALLOWED -> Socks5CommandStatus.FORBIDDEN;
                    case FAILED -> Socks5CommandStatus.FAILURE;
                    case TIMEOUT -> Socks5CommandStatus.TTL_EXPIRED;
                });
    }

    static Object refused(Socks5CommandStatus why) {
        return new DefaultSocks5CommandResponse(why, Socks5AddressType.IPv4);
    }
}
