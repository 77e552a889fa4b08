package io.ftpalg.data.netlink;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A map of nftables from an address that connects, and the address and port it connects to, to an address, with a port or without.
 * In a map as in registers each part begins at a multiple of four bytes.
 *
 * @param name its name in the table
 * @param version of all addresses
 * @param withPort whether it maps to a port too
 */
public record NftMap(String name, IpVersion version, boolean withPort) {
    private static final int PORT_LENGTH = 4;
    /** The number of inet_service among nft's types, of which a concatenation has six bits each. */
    private static final int PORT_TYPE = 13;

    private static final int TYPE_BITS = 6;

    int keyType() {
        return (version.nftType() << TYPE_BITS | version.nftType()) << TYPE_BITS | PORT_TYPE;
    }

    int keyLength() {
        return 2 * version.addressLength() + PORT_LENGTH;
    }

    int dataType() {
        return withPort ? version.nftType() << TYPE_BITS | PORT_TYPE : version.nftType();
    }

    int dataLength() {
        return version.addressLength() + (withPort ? PORT_LENGTH : 0);
    }

    public byte[] key(InetAddress from, InetSocketAddress to) {
        return ByteBuffer.allocate(keyLength())
                .put(from.getAddress())
                .put(to.getAddress().getAddress())
                .putShort((short) to.getPort())
                .array();
    }

    public byte[] data(InetSocketAddress target) {
        ByteBuffer data =
                ByteBuffer.allocate(dataLength()).put(target.getAddress().getAddress());
        return (withPort ? data.putShort((short) target.getPort()) : data).array();
    }
}
