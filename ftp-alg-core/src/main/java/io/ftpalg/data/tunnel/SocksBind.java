package io.ftpalg.data.tunnel;

import io.ftpalg.policy.route.TunnelProxy;
import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A connection of a server that a SOCKS5 proxy is asked to accept for the gateway (BIND, RFC 1928 section 4). Immutable.
 *
 * @param proxy the proxy
 * @param address the proxy's own address, where it listens if its reply names none; empty if only another proxy knows it
 * @param server the server's end of the control connection, which is to connect: an address, or an unresolved name
 * @param admits whether this host may connect in place of the server
 */
public record SocksBind(
        TunnelProxy proxy, Optional<InetAddress> address, InetSocketAddress server, Predicate<InetAddress> admits) {

    /** Returns where the server is to connect to, by the proxy's reply; empty if that is nowhere a server can be sent to. */
    Optional<InetSocketAddress> port(String host, int port) {
        return IpLiteral.parse(host)
                .map(IpLiteral::canonical)
                .map(named -> named.isAnyLocalAddress() ? address : Optional.of(named))
                .flatMap(found -> found)
                // PORT has no IPv6, and is what a server of a name may need.
                .filter(found -> !(found instanceof Inet6Address) || isIpv6(server))
                .filter(found -> port > 0)
                .map(found -> new InetSocketAddress(found, port));
    }

    private static boolean isIpv6(InetSocketAddress server) {
        return !server.isUnresolved() && IpLiteral.canonical(server.getAddress()) instanceof Inet6Address;
    }

    /** Returns who has connected, by the proxy's second reply: the server, if that names nobody. */
    InetSocketAddress peer(String host, int port) {
        return IpLiteral.parse(host)
                .map(IpLiteral::canonical)
                .filter(named -> !named.isAnyLocalAddress())
                .map(named -> new InetSocketAddress(named, port))
                .orElse(server);
    }

    /** Returns whether this peer may have the data connection; of a server that is known by name only every address may be it. */
    boolean mayConnect(InetSocketAddress peer) {
        return peer.isUnresolved() || server.isUnresolved() || admits.test(peer.getAddress());
    }

    /** Returns the proxy in words. */
    String name() {
        return TunnelErrors.name(
                proxy.protocol().text(),
                address.map(host -> IpLiteral.format(
                                new InetSocketAddress(host, proxy.address().port())))
                        .orElseGet(() -> proxy.address().toString()));
    }
}
