package io.ftpalg.data.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The expressions of one rule, in the order in which the kernel runs them; {@code nft --debug=netlink} shows the same of a text. An
 * expression that does not match ends the rule. They work on 64 bytes of registers, of 4 or of 16 bytes each. Numbers are those of
 * linux/netfilter/nf_tables.h. Written by {@link NftBatch#rule}.
 */
public final class NftRule {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    /** Bits of {@code ct state} and {@code ct status}. */
    private static final int STATE_NEW = 8;

    private static final int STATUS_DNAT = 0x20;

    private static final int ORIGINAL = 0;
    private static final int CT_STATE = 0;
    private static final int CT_STATUS = 2;
    private static final int CT_PROTO_DST = 12;
    private static final int CT_BYTES = 15;

    private static final int EQUAL = 0;
    private static final int NOT_EQUAL = 1;
    private static final int AT_MOST = 3;
    private static final int AT_LEAST = 5;

    private static final int META_NFPROTO = 15;
    private static final int META_L4PROTO = 16;
    private static final byte TCP = 6;

    /** Where the parts of a key, or what it maps to, are in registers; the data of a deletion lies behind the whole key. */
    private record Registers(int from, int to, int port, int data, int dataPort, int unused, int unusedPort) {
        static final Registers IPV4 = new Registers(1, 9, 10, 1, 9, 2, 13);
        static final Registers IPV6 = new Registers(1, 2, 3, 1, 2, 17, 21);

        static Registers of(IpVersion version) {
            return version == IpVersion.IPV6 ? IPV6 : IPV4;
        }
    }

    private static final int REGISTER = Registers.IPV4.from;

    private final List<Consumer<NetlinkWriter>> expressions = new ArrayList<>();

    void write(NetlinkWriter writer) {
        expressions.forEach(expression -> expression.accept(writer));
    }

    /** {@code meta nfproto}. */
    public NftRule family(IpVersion version) {
        return meta(META_NFPROTO).compare(EQUAL, (byte) version.family());
    }

    /** {@code meta l4proto tcp}. */
    public NftRule tcp() {
        return meta(META_L4PROTO).compare(EQUAL, TCP);
    }

    /** {@code tcp dport first-last}. */
    public NftRule tcpDestination(int first, int last) {
        return transport(2, 2).between(first, last);
    }

    /** {@code tcp flags & mask == flags}. */
    public NftRule tcpFlags(int flags, int mask) {
        return transport(13, 1).and((byte) mask).compare(EQUAL, (byte) flags);
    }

    /** {@code tcp flags & mask != 0}. */
    public NftRule anyTcpFlag(int mask) {
        return transport(13, 1).and((byte) mask).compare(NOT_EQUAL, (byte) 0);
    }

    /** {@code ct state new}. */
    public NftRule newConnection() {
        return connection(CT_STATE, REGISTER).and(nativeInt(STATE_NEW)).compare(NOT_EQUAL, nativeInt(0));
    }

    /** {@code ct status dnat}. */
    public NftRule translated() {
        return connection(CT_STATUS, REGISTER).and(nativeInt(STATUS_DNAT)).compare(NOT_EQUAL, nativeInt(0));
    }

    /** {@code ct original proto-dst first-last}. */
    public NftRule originalDestination(int first, int last) {
        return original(CT_PROTO_DST, REGISTER).between(first, last);
    }

    /** {@code ct bytes >= 0}, which is always true, and turns on the counters of conntrack in this namespace. */
    public NftRule counted() {
        return connection(CT_BYTES, REGISTER)
                .expression("byteorder", w -> w.u32(1, REGISTER)
                        .u32(2, REGISTER)
                        .u32(3, 1)
                        .u32(4, 8)
                        .u32(5, 8))
                .compare(AT_LEAST, new byte[8]);
    }

    /** {@code log group G snaplen N}. */
    public NftRule log(int group, int length) {
        return expression("log", w -> w.u16(1, group).u32(3, length));
    }

    /** {@code jump chain}. */
    public NftRule jump(String chain) {
        return expression("immediate", w -> w.u32(1, 0)
                .nest(2, data -> data.nest(2, verdict -> verdict.u32(1, -3).string(2, chain))));
    }

    /** {@code ct timeout set "name"}. */
    public NftRule timeouts(String name) {
        return expression("objref", w -> w.u32(1, NftBatch.CT_TIMEOUT).string(2, name));
    }

    /** {@code ip saddr . ip daddr . tcp dport} as the key of a map. */
    public NftRule packetKey(IpVersion version) {
        Registers at = Registers.of(version);
        int length = version.addressLength();
        int source = version == IpVersion.IPV6 ? 8 : 12;
        return family(version)
                .tcp()
                .payload(at.from, 1, source, length)
                .payload(at.to, 1, source + length, length)
                .payload(at.port, 2, 2, 2);
    }

    /** {@code ct original ip saddr . ct original ip daddr . ct original proto-dst} as the key of a map. */
    public NftRule originalKey(IpVersion version) {
        Registers at = Registers.of(version);
        int source = version == IpVersion.IPV6 ? 21 : 19;
        return tcp().original(source, at.from).original(source + 1, at.to).original(CT_PROTO_DST, at.port);
    }

    /** {@code map @name}: what the key maps to takes the place of the key; nothing ends the rule. */
    public NftRule lookup(NftMap map) {
        Registers at = Registers.of(map.version());
        return expression("lookup", w -> w.string(1, map.name()).u32(2, at.from).u32(3, at.data));
    }

    /** {@code snat to}, what was looked up. */
    public NftRule snat(NftMap map) {
        return nat(0, map);
    }

    /** {@code dnat to}, what was looked up. */
    public NftRule dnat(NftMap map) {
        return nat(1, map);
    }

    private NftRule nat(int type, NftMap map) {
        Registers at = Registers.of(map.version());
        return expression("nat", w -> {
            w.u32(1, type).u32(2, map.version().family()).u32(3, at.data);
            if (map.withPort()) {
                w.u32(5, at.dataPort);
            }
        });
    }

    /** {@code delete @name}: the element with the key. The kernel wants data with it too, and looks at the key only. */
    public NftRule delete(NftMap map) {
        Registers at = Registers.of(map.version());
        immediate(at.unused, map.version().addressLength());
        if (map.withPort()) {
            // Not one with the address: nft cannot list that.
            immediate(at.unusedPort, 2);
        }
        return expression(
                "dynset", w -> w.string(1, map.name()).u32(3, 2).u32(4, at.from).u32(5, at.unused));
    }

    private void immediate(int register, int length) {
        expression("immediate", w -> w.u32(1, register).nest(2, data -> data.bytes(1, new byte[length])));
    }

    private NftRule meta(int key) {
        return expression("meta", w -> w.u32(1, REGISTER).u32(2, key));
    }

    private NftRule transport(int offset, int length) {
        return tcp().payload(REGISTER, 2, offset, length);
    }

    private NftRule payload(int register, int base, int offset, int length) {
        return expression(
                "payload", w -> w.u32(1, register).u32(2, base).u32(3, offset).u32(4, length));
    }

    private NftRule connection(int key, int register) {
        return expression("ct", w -> w.u32(1, register).u32(2, key));
    }

    private NftRule original(int key, int register) {
        return expression("ct", w -> w.u32(1, register).u32(2, key).u8(3, ORIGINAL));
    }

    private NftRule between(int first, int last) {
        return compare(AT_LEAST, (byte) (first >> 8), (byte) first).compare(AT_MOST, (byte) (last >> 8), (byte) last);
    }

    private NftRule and(byte... mask) {
        return expression("bitwise", w -> w.u32(1, REGISTER)
                .u32(2, REGISTER)
                .u32(3, mask.length)
                .nest(4, data -> data.bytes(1, mask))
                .nest(5, data -> data.bytes(1, new byte[mask.length])));
    }

    private NftRule compare(int operation, byte... value) {
        return expression("cmp", w -> w.u32(1, REGISTER).u32(2, operation).nest(3, data -> data.bytes(1, value)));
    }

    /** State and status are numbers in the byte order of the machine. */
    private static byte[] nativeInt(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private NftRule expression(String name, Consumer<NetlinkWriter> content) {
        expressions.add(
                writer -> writer.nest(1, element -> element.string(1, name).nest(2, content)));
        return this;
    }
}
