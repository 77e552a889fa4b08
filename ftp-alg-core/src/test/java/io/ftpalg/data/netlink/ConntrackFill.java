package io.ftpalg.data.netlink;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Fills conntrack with established connections that do not exist, which it does not give up for new ones. */
public final class ConntrackFill {
    private static final int NEW = 0;
    private static final int IN_A_DATAGRAM = 300;
    /** SEEN_REPLY, ASSURED, CONFIRMED. */
    private static final int STATUS = 2 | 4 | 8;

    private ConntrackFill() {}

    /** Adds entries until there is no room. */
    public static void fill(NetlinkOpener opener) throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(opener)) {
            for (int next = 0; ; next += IN_A_DATAGRAM) {
                NetlinkWriter writer = socket.request();
                for (int i = 0; i < IN_A_DATAGRAM; i++) {
                    add(writer, next + i);
                }
                socket.send();
            }
        } catch (NetlinkException e) {
            if (e.number() != Errno.ENOMEM) {
                throw e;
            }
        }
    }

    private static void add(NetlinkWriter writer, int number) throws IOException {
        byte[] from = ByteBuffer.allocate(4).putInt(0x0B000000 | number).array();
        byte[] to = InetAddress.getByName("12.0.0.1").getAddress();
        writer.message(Conntrack.SUBSYSTEM, NEW, NetlinkWriter.CREATE | NetlinkWriter.EXCL, 2, 0);
        tuple(writer, 1, from, to, 1024, 80);
        tuple(writer, 2, to, from, 80, 1024);
        writer.u32(3, STATUS).u32(7, 600).nest(4, info -> info.nest(1, tcp -> tcp.u8(1, ConntrackEntry.ESTABLISHED)));
    }

    private static void tuple(NetlinkWriter writer, int type, byte[] from, byte[] to, int fromPort, int toPort) {
        writer.nest(type, tuple -> tuple.nest(1, ip -> ip.bytes(1, from).bytes(2, to))
                .nest(2, protocol -> protocol.u8(1, 6).u16(2, fromPort).u16(3, toPort)));
    }
}
