package io.ftpalg.haproxy;

import io.ftpalg.protocol.IpLiteral;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a PROXY header says of its connection. Constant.
 *
 * @param client the address of the client; empty if the connection is the sender's own (LOCAL), or of a kind it cannot name (UNKNOWN)
 * @param destination the address that the client connected to; empty as well, or if it is no host's
 */
public record ProxyHeader(Optional<InetSocketAddress> client, Optional<InetSocketAddress> destination) {
    /** The connection is between its two ends. */
    public static final ProxyHeader LOCAL = new ProxyHeader(Optional.empty(), Optional.empty());

    static ProxyHeader of(HAProxyMessage message) throws ProxyHeaderException {
        AddressFamily family = message.proxiedProtocol().addressFamily();
        if (message.command() == HAProxyCommand.LOCAL
                || family != AddressFamily.AF_IPv4 && family != AddressFamily.AF_IPv6) {
            return LOCAL;
        }
        if (message.proxiedProtocol().transportProtocol() != TransportProtocol.STREAM) {
            throw new ProxyHeaderException(message.proxiedProtocol() + " is not TCP");
        }
        InetSocketAddress client = address(message.sourceAddress(), message.sourcePort())
                .orElseThrow(
                        () -> new ProxyHeaderException(message.sourceAddress() + " is not the address of a client"));
        return new ProxyHeader(Optional.of(client), address(message.destinationAddress(), message.destinationPort()));
    }

    private static Optional<InetSocketAddress> address(String host, int port) {
        return IpLiteral.parse(host)
                .map(IpLiteral::canonical)
                .filter(ProxyHeader::isHost)
                .map(address -> new InetSocketAddress(address, port));
    }

    private static boolean isHost(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }
}
