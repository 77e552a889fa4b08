package io.ftpalg.haproxy;

import io.ftpalg.protocol.IpLiteral;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A PROXY header that begins a connection to a server, as bytes, by Netty's encoder. Constant. */
public final class SentProxyHeader {
    /** The encoder of version 1 needs addresses. */
    private static final byte[] V1_UNKNOWN = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final String MAPPED = "::ffff:";

    private final byte[] bytes;

    private SentProxyHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes the header of a client's connection.
     *
     * @param client the client's address
     * @param destination what it connected to; if that is of the other IP version, both are sent as IPv6, IPv4 mapped into it
     * @param tlvs further parts of version 2, which are released here; none with version 1
     */
    public static SentProxyHeader of(
            HAProxyProtocolVersion version,
            InetSocketAddress client,
            InetSocketAddress destination,
            List<HAProxyTLV> tlvs) {
        boolean ipv6 = isIpv6(client) || isIpv6(destination);
        return encode(new HAProxyMessage(
                version,
                HAProxyCommand.PROXY,
                ipv6 ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                host(client, ipv6),
                host(destination, ipv6),
                client.getPort(),
                destination.getPort(),
                tlvs));
    }

    /** Makes the header of a connection that is no client's, but the gateway's own, such as a health check. */
    public static SentProxyHeader ofGateway(HAProxyProtocolVersion version) {
        return version == HAProxyProtocolVersion.V1
                ? new SentProxyHeader(V1_UNKNOWN)
                : encode(new HAProxyMessage(
                        version, HAProxyCommand.LOCAL, HAProxyProxiedProtocol.UNKNOWN, null, null, 0, 0));
    }

    private static SentProxyHeader encode(HAProxyMessage message) {
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        encoder.writeOutbound(message);
        ByteBuf encoded = encoder.readOutbound();
        try {
            return new SentProxyHeader(ByteBufUtil.getBytes(encoded));
        } finally {
            encoded.release();
            encoder.finishAndReleaseAll();
        }
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return IpLiteral.canonical(address.getAddress()) instanceof Inet6Address;
    }

    private static String host(InetSocketAddress address, boolean ipv6) {
        String host = IpLiteral.format(address.getAddress());
        return ipv6 && !isIpv6(address) ? MAPPED + host : host;
    }

    /** Returns the bytes, for one connection. */
    public ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes).asReadOnly();
    }
}
