package io.ftpalg.data.netlink;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A packet of TCP as NFLOG shows it, of which only the headers are read.
 *
 * @param forwarded whether it was logged in the forward hook, where destinations are translated, and not as it arrived
 * @param from source address and port
 * @param to destination address and port
 * @param sequence TCP's sequence number, 0 to 2^32-1
 * @param acknowledged TCP's acknowledgement number, 0 to 2^32-1
 * @param flags TCP's flags, as in {@link NftRule}
 * @param ipHeader bytes of its IP header, extensions included
 * @param options bytes of TCP's options
 * @param timestamps whether it has TCP's option of that name
 * @param payload bytes of its payload, {@link #UNKNOWN} for a packet that the kernel merged to more than IP can count
 */
public record LoggedPacket(
        boolean forwarded,
        InetSocketAddress from,
        InetSocketAddress to,
        long sequence,
        long acknowledged,
        int flags,
        int ipHeader,
        int options,
        boolean timestamps,
        int payload) {

    public static final int UNKNOWN = -1;

    private static final int FORWARD = 2;
    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int OPTION_TIMESTAMPS = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MOST_EXTENSIONS = 8;
    private static final int FLAGS = 0x3F;

    private static final int PACKET_HEADER = 1;
    private static final int PAYLOAD = 9;

    /** Where TCP begins in a packet, and how long the packet is as IP counts it, 0 if it does not. */
    private record Ip(InetAddress from, InetAddress to, int tcp, int length) {}

    /** Returns the packet, or nothing where what is there of it is not TCP. */
    static Optional<LoggedPacket> parse(NetlinkMessage message) throws NetlinkException {
        NetlinkAttributes attributes = message.attributes();
        boolean forwarded = attributes.bytes(PACKET_HEADER, 4)[2] == FORWARD;
        return attributes.get(PAYLOAD).flatMap(packet -> parse(forwarded, packet));
    }

    static Optional<LoggedPacket> parse(boolean forwarded, ByteBuffer packet) {
        packet.order(ByteOrder.BIG_ENDIAN);
        return ip(packet).filter(ip -> packet.limit() - ip.tcp >= TCP_HEADER).map(ip -> tcp(forwarded, packet, ip));
    }

    /** Returns whether this flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The headers of a packet without any option of TCP. */
    public int headersWithoutOptions() {
        return ipHeader + TCP_HEADER;
    }

    private static LoggedPacket tcp(boolean forwarded, ByteBuffer packet, Ip ip) {
        int at = ip.tcp;
        int headers = at + (packet.get(at + 12) >> 4 & 0xF) * 4;
        return new LoggedPacket(
                forwarded,
                new InetSocketAddress(ip.from, packet.getShort(at) & 0xFFFF),
                new InetSocketAddress(ip.to, packet.getShort(at + 2) & 0xFFFF),
                packet.getInt(at + 4) & 0xFFFF_FFFFL,
                packet.getInt(at + 8) & 0xFFFF_FFFFL,
                packet.get(at + 13) & FLAGS,
                at,
                headers - at - TCP_HEADER,
                timestamps(packet, at + TCP_HEADER, Math.min(headers, packet.limit())),
                ip.length < headers ? UNKNOWN : ip.length - headers);
    }

    /** Looks for option 8 among those that are there (RFC 9293 section 3.1). */
    private static boolean timestamps(ByteBuffer packet, int from, int to) {
        int at = from;
        while (at < to && packet.get(at) != END_OF_OPTIONS && packet.get(at) != OPTION_TIMESTAMPS) {
            boolean single = packet.get(at) == NO_OPERATION;
            if (!single && (at + 1 >= to || packet.get(at + 1) < 2)) {
                return false;
            }
            at += single ? 1 : packet.get(at + 1);
        }
        return at < to && packet.get(at) == OPTION_TIMESTAMPS;
    }

    private static Optional<Ip> ip(ByteBuffer packet) {
        int version = packet.limit() == 0 ? 0 : packet.get(0) >> 4 & 0xF;
        if (version == 4 && packet.limit() >= IPV4_HEADER && packet.get(9) == TCP) {
            int header = (packet.get(0) & 0xF) * 4;
            return header < IPV4_HEADER
                    ? Optional.empty()
                    : Optional.of(new Ip(
                            address(packet, 12, 4), address(packet, 16, 4), header, packet.getShort(2) & 0xFFFF));
        }
        return version == 6 && packet.limit() >= IPV6_HEADER ? ipv6(packet) : Optional.empty();
    }

    /** Skips extension headers (RFC 8200 section 4). */
    private static Optional<Ip> ipv6(ByteBuffer packet) {
        int next = packet.get(6) & 0xFF;
        int at = IPV6_HEADER;
        for (int i = 0; i < MOST_EXTENSIONS && next != TCP; i++) {
            boolean optional = next == 0 || next == 43 || next == 60;
            if (!optional || packet.limit() - at < 2) {
                return Optional.empty();
            }
            next = packet.get(at) & 0xFF;
            at += ((packet.get(at + 1) & 0xFF) + 1) * 8;
        }
        int length = packet.getShort(4) & 0xFFFF;
        return next == TCP
                ? Optional.of(new Ip(
                        address(packet, 8, 16), address(packet, 24, 16), at, length == 0 ? 0 : IPV6_HEADER + length))
                : Optional.empty();
    }

    private static InetAddress address(ByteBuffer packet, int offset, int length) {
        byte[] bytes = new byte[length];
        packet.get(offset, bytes);
        return ConntrackEntry.address(bytes);
    }
}
