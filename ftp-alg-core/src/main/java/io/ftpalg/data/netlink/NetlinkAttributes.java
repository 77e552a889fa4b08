package io.ftpalg.data.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes of a message or of another attribute, by their types; of several of one type the last. Values are in the byte order
 * of the network. Bounded by the datagram that they are a view of.
 */
final class NetlinkAttributes {
    private static final int LENGTH_AND_TYPE = 4;
    private static final int TYPE = 0x3FFF;

    private final Map<Integer, ByteBuffer> values;

    private NetlinkAttributes(Map<Integer, ByteBuffer> values) {
        this.values = values;
    }

    /** Returns the attributes that begin there. */
    static NetlinkAttributes parse(ByteBuffer buffer, int offset) throws NetlinkException {
        Map<Integer, ByteBuffer> values = new HashMap<>();
        ByteBuffer header = buffer.duplicate().order(ByteOrder.nativeOrder());
        int at = offset;
        int end = buffer.limit();
        while (at < end) {
            int length = end - at < LENGTH_AND_TYPE ? 0 : header.getShort(at) & 0xFFFF;
            if (length < LENGTH_AND_TYPE || length > end - at) {
                throw NetlinkMessage.malformed(
                        "an attribute of " + length + " bytes where " + Math.max(0, end - at) + " are left");
            }
            values.put(
                    header.getShort(at + 2) & TYPE,
                    buffer.slice(at + LENGTH_AND_TYPE, length - LENGTH_AND_TYPE).order(ByteOrder.BIG_ENDIAN));
            at += NetlinkMessage.align(length);
        }
        return new NetlinkAttributes(values);
    }

    boolean has(int type) {
        return values.containsKey(type);
    }

    Optional<ByteBuffer> get(int type) {
        return Optional.ofNullable(values.get(type));
    }

    /** Returns the attributes in this one, none where it is missing. */
    NetlinkAttributes nested(int type) throws NetlinkException {
        ByteBuffer value = values.get(type);
        return value == null ? new NetlinkAttributes(Map.of()) : parse(value, 0);
    }

    int u8(int type) throws NetlinkException {
        return value(type, Byte.BYTES).get(0) & 0xFF;
    }

    int u16(int type) throws NetlinkException {
        return value(type, Short.BYTES).getShort(0) & 0xFFFF;
    }

    int u32(int type) throws NetlinkException {
        return value(type, Integer.BYTES).getInt(0);
    }

    long u64(int type) throws NetlinkException {
        return value(type, Long.BYTES).getLong(0);
    }

    byte[] bytes(int type, int length) throws NetlinkException {
        byte[] bytes = new byte[length];
        value(type, length).get(0, bytes);
        return bytes;
    }

    /** Returns the text without the NUL that ends it, or nothing where it is missing. */
    String text(int type) {
        return get(type)
                .map(value ->
                        StandardCharsets.ISO_8859_1.decode(value.duplicate()).toString())
                .map(text -> text.endsWith("\0") ? text.substring(0, text.length() - 1) : text)
                .orElse("");
    }

    private ByteBuffer value(int type, int length) throws NetlinkException {
        ByteBuffer value = values.get(type);
        if (value == null || value.remaining() < length) {
            throw NetlinkMessage.malformed("attribute " + type + " is "
                    + (value == null ? "missing" : "of " + value.remaining() + " bytes, not " + length));
        }
        return value;
    }
}
