package io.ftpalg.data.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Builds netlink messages of the subsystems of netfilter one behind the other: a header, {@code nfgenmsg}, attributes (netlink(7),
 * linux/netfilter/nfnetlink.h). Headers are in the byte order of the machine, values in that of the network. Owned by one
 * {@link NetlinkSocket}, which sends what is there as one datagram.
 */
public final class NetlinkWriter {
    /** What one datagram holds at most; the table of the gateway needs a fifth of it. */
    static final int CAPACITY = 64 << 10;

    /** Flags of {@code nlmsghdr}. */
    public static final int REQUEST = 1;

    public static final int CREATE = 0x400;
    public static final int EXCL = 0x200;
    public static final int DUMP = 0x300;

    private static final int ACK = 4;
    static final int HEADER = 16;
    static final int GENERIC_HEADER = 4;
    static final int NESTED = 0x8000;
    private static final int NO_MESSAGE = -1;
    private static final int FLAGS_OFFSET = 6;
    private static final int LENGTH_AND_TYPE = 4;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder());
    private int message = NO_MESSAGE;
    private int sequence;
    private int first = 1;
    private int confirmed;
    private boolean confirms;

    /** Discards what is there. */
    NetlinkWriter clear() {
        buffer.clear();
        message = NO_MESSAGE;
        first = sequence + 1;
        confirms = false;
        return this;
    }

    /** Returns the datagram, ready to be read; its last message is to be confirmed, unless another one is. */
    ByteBuffer finish() {
        if (!confirms) {
            confirm();
        }
        endMessage();
        return buffer.flip();
    }

    /** Returns the sequence number of the first message of the datagram. */
    int first() {
        return first;
    }

    /** Returns the sequence number of the message that the kernel confirms. */
    int confirmed() {
        return confirmed;
    }

    /**
     * Begins a message.
     *
     * @param subsystem the number of the subsystem, the upper byte of the type
     * @param type the number of the message in it
     * @param flags as in {@code nlmsghdr}; it is always a request
     * @param family the address family
     * @param resource the resource identifier, such as an NFLOG group
     */
    public NetlinkWriter message(int subsystem, int type, int flags, int family, int resource) {
        return message(subsystem << 8 | type, flags, family, resource);
    }

    /** Begins a message whose type belongs to no subsystem. */
    NetlinkWriter message(int type, int flags, int family, int resource) {
        endMessage();
        message = buffer.position();
        sequence++;
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) (flags | REQUEST))
                .putInt(sequence)
                .putInt(0);
        buffer.put((byte) family).put((byte) 0);
        network16(resource);
        return this;
    }

    /** Has the kernel confirm the message that is being built. */
    void confirm() {
        int flags = message + FLAGS_OFFSET;
        buffer.putShort(flags, (short) (buffer.getShort(flags) | ACK));
        confirmed = sequence;
        confirms = true;
    }

    public NetlinkWriter bytes(int type, byte[] value) {
        attribute(type, value.length);
        buffer.put(value);
        return pad();
    }

    public NetlinkWriter u8(int type, int value) {
        return bytes(type, new byte[] {(byte) value});
    }

    public NetlinkWriter u16(int type, int value) {
        return bytes(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    public NetlinkWriter u32(int type, int value) {
        return bytes(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public NetlinkWriter u64(int type, long value) {
        return bytes(type, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Writes a name, with the NUL that ends it. */
    public NetlinkWriter string(int type, String value) {
        return bytes(type, (value + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes an attribute that holds attributes. */
    public NetlinkWriter nest(int type, Consumer<NetlinkWriter> content) {
        int start = buffer.position();
        attribute(type | NESTED, 0);
        content.accept(this);
        buffer.putShort(start, (short) (buffer.position() - start));
        return this;
    }

    private void attribute(int type, int length) {
        buffer.putShort((short) (LENGTH_AND_TYPE + length)).putShort((short) type);
    }

    private void network16(int value) {
        buffer.put((byte) (value >> 8)).put((byte) value);
    }

    private NetlinkWriter pad() {
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }

    private void endMessage() {
        if (message != NO_MESSAGE) {
            buffer.putInt(message, buffer.position() - message);
            message = NO_MESSAGE;
        }
    }
}
