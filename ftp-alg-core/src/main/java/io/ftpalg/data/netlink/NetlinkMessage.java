package io.ftpalg.data.netlink;

import java.nio.ByteBuffer;

/**
 * One message from the kernel. Its payload is a view of the buffer that it was read into, valid until the next read.
 *
 * @param type the subsystem in the upper byte, the message in the lower
 * @param flags as in {@code nlmsghdr}
 * @param sequence that of the request it answers
 * @param payload what follows the header
 */
record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
    static final int ERROR = 2;
    static final int DONE = 3;

    private static final int ACK_HAS_ATTRIBUTES = 0x200;
    private static final int REQUEST_IS_CAPPED = 0x100;
    private static final int TEXT = 1;

    /** Receiver of messages. */
    interface Receiver {
        void accept(NetlinkMessage message) throws NetlinkException;
    }

    /** Hands on each message of a datagram. Lengths that contradict each other are an error, and nothing behind is read. */
    static void parse(ByteBuffer datagram, Receiver messages) throws NetlinkException {
        int at = datagram.position();
        int end = datagram.limit();
        while (at < end) {
            if (end - at < NetlinkWriter.HEADER) {
                throw malformed("a header of " + (end - at) + " bytes");
            }
            int length = datagram.getInt(at);
            if (length < NetlinkWriter.HEADER || length > end - at) {
                throw malformed("a message of " + length + " bytes where " + (end - at) + " are left");
            }
            messages.accept(new NetlinkMessage(
                    datagram.getShort(at + 4) & 0xFFFF,
                    datagram.getShort(at + 6) & 0xFFFF,
                    datagram.getInt(at + 8),
                    datagram.slice(at + NetlinkWriter.HEADER, length - NetlinkWriter.HEADER)
                            .order(datagram.order())));
            at += align(length);
        }
    }

    /** The address family in {@code nfgenmsg}. */
    int family() {
        return payload.remaining() == 0 ? 0 : payload.get(0) & 0xFF;
    }

    /** The attributes behind {@code nfgenmsg}. */
    NetlinkAttributes attributes() throws NetlinkException {
        return NetlinkAttributes.parse(payload, NetlinkWriter.GENERIC_HEADER);
    }

    /** The error that this message of type ERROR reports, 0 for none. */
    int error() throws NetlinkException {
        if (payload.remaining() < Integer.BYTES) {
            throw malformed("an error without its number");
        }
        return -payload.getInt(0);
    }

    /** What the kernel says of the error beside its number (extended acknowledgement), or nothing. */
    String errorText() throws NetlinkException {
        int request = Integer.BYTES;
        if ((flags & ACK_HAS_ATTRIBUTES) == 0 || payload.remaining() < request + NetlinkWriter.HEADER) {
            return "";
        }
        int length = (flags & REQUEST_IS_CAPPED) != 0 ? NetlinkWriter.HEADER : payload.getInt(request);
        if (length < NetlinkWriter.HEADER || length > payload.remaining() - request) {
            throw malformed("an error about a request of " + length + " bytes");
        }
        return NetlinkAttributes.parse(payload, request + align(length)).text(TEXT);
    }

    static int align(int length) {
        return length + 3 & ~3;
    }

    static NetlinkException malformed(String what) {
        return new NetlinkException(NetlinkException.NO_ANSWER, "malformed netlink message: " + what);
    }
}
