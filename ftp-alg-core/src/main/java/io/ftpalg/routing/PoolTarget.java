package io.ftpalg.routing;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server of a pool that was found just now.
 *
 * @param server what it is called, by which its health is kept
 * @param addresses its addresses; behind a proxy its address, or its name, not resolved
 * @param tls how connections to it are protected
 * @param weight its share among the servers of its service, 0 to 65535
 */
record PoolTarget(HostPort server, List<InetSocketAddress> addresses, ServerTls tls, int weight) {
    /** A server behind a proxy, which looks its name up; {@code connected} is that server, or the FTP proxy in front of it. */
    static PoolTarget behindProxy(
            HostPort server, HostPort connected, List<InetSocketAddress> addresses, ServerTls template, int weight) {
        return new PoolTarget(server, addresses, template.towards(connected.host(), connected.port()), weight);
    }

    static PoolTarget of(HostPort server, List<InetAddress> addresses, ServerTls template, int weight) {
        return new PoolTarget(
                server,
                addresses.stream()
                        .map(address -> new InetSocketAddress(address, server.port()))
                        .toList(),
                template.towards(server.host(), server.port()),
                weight);
    }
}
