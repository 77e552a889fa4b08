package io.ftpalg.data.netlink;

import io.ftpalg.data.netlink.Conntrack.Tuple;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * What conntrack knows of one TCP connection.
 *
 * @param id distinguishes it from later ones of the same addresses and ports
 * @param original where its packets come from and go to, before any translation
 * @param reply where the packets of the other side come from and go to, before any translation
 * @param state the state of TCP as conntrack counts it, one of those below
 * @param sent packets and bytes of the side that connected
 * @param replied packets and bytes of the other side
 */
public record ConntrackEntry(int id, Tuple original, Tuple reply, int state, Counter sent, Counter replied) {
    public static final int SYN_RECEIVED = 2;
    public static final int ESTABLISHED = 3;
    public static final int FIN_WAIT = 4;
    public static final int CLOSE_WAIT = 5;
    public static final int LAST_ACK = 6;
    public static final int TIME_WAIT = 7;
    public static final int CLOSE = 8;

    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int PROTOCOL_INFO = 4;
    private static final int COUNTERS_ORIGINAL = 9;
    private static final int COUNTERS_REPLY = 10;
    private static final int ID = 12;

    /**
     * Packets and bytes of one direction, IP and TCP headers included; 0 where counters are turned off. What the network card
     * merged, or leaves unsplit, is one packet.
     *
     * @param packets how many
     * @param bytes how many in all
     */
    public record Counter(long packets, long bytes) {}

    static ConntrackEntry parse(NetlinkMessage message) throws NetlinkException {
        NetlinkAttributes entry = message.attributes();
        NetlinkAttributes tcp = entry.nested(PROTOCOL_INFO).nested(1);
        return new ConntrackEntry(
                entry.has(ID) ? entry.u32(ID) : 0,
                tuple(entry.nested(TUPLE_ORIGINAL)),
                tuple(entry.nested(TUPLE_REPLY)),
                tcp.has(1) ? tcp.u8(1) : 0,
                counter(entry.nested(COUNTERS_ORIGINAL)),
                counter(entry.nested(COUNTERS_REPLY)));
    }

    private static Tuple tuple(NetlinkAttributes tuple) throws NetlinkException {
        NetlinkAttributes ip = tuple.nested(1);
        NetlinkAttributes ports = tuple.nested(2);
        boolean ipv6 = ip.has(3);
        int length = (ipv6 ? IpVersion.IPV6 : IpVersion.IPV4).addressLength();
        int source = ipv6 ? 3 : 1;
        return new Tuple(
                new InetSocketAddress(address(ip.bytes(source, length)), ports.has(2) ? ports.u16(2) : 0),
                new InetSocketAddress(address(ip.bytes(source + 1, length)), ports.has(3) ? ports.u16(3) : 0));
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    private static Counter counter(NetlinkAttributes counter) throws NetlinkException {
        return counter.has(2) ? new Counter(counter.u64(1), counter.u64(2)) : new Counter(0, 0);
    }
}
