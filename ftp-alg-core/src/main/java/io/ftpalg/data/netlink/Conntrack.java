package io.ftpalg.data.netlink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and deletes entries of TCP connections in conntrack. Numbers are those of linux/netfilter/nfnetlink_conntrack.h. On the thread of
 * its socket.
 */
public final class Conntrack {
    static final int SUBSYSTEM = 1;
    private static final int GET = 1;
    private static final int DELETE = 2;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int STATUS = 3;
    private static final int ID = 12;
    private static final int STATUS_MASK = 26;
    private static final int DESTINATION_TRANSLATED = 0x20;
    private static final int TCP = 6;

    private final NetlinkSocket socket;

    public Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Which packets of a connection a tuple describes. */
    public enum Direction {
        /** Those of the side that connected, before any translation. */
        ORIGINAL(TUPLE_ORIGINAL),
        /** Those of the other side, before any translation. */
        REPLY(TUPLE_REPLY);

        private final int attribute;

        Direction(int attribute) {
            this.attribute = attribute;
        }
    }

    /**
     * Where packets of one direction come from and go to.
     *
     * @param from source address and port
     * @param to destination address and port
     */
    public record Tuple(InetSocketAddress from, InetSocketAddress to) {}

    /** Asks whether conntrack is there, and whether the process may use it. */
    public void probe() throws IOException {
        InetSocketAddress none = new InetSocketAddress("127.0.0.1", 0);
        get(Direction.ORIGINAL, new Tuple(none, none));
    }

    /** Returns the entry of this connection, if there is one. */
    public Optional<ConntrackEntry> get(Direction direction, Tuple tuple) throws IOException {
        write(GET, direction, tuple);
        List<ConntrackEntry> found = new ArrayList<>(1);
        return found(() -> socket.send(answer -> found.add(ConntrackEntry.parse(answer))))
                ? found.stream().findFirst()
                : Optional.empty();
    }

    /** Hands on all entries of TCP connections of this version of IP whose destination is translated. */
    public void dump(IpVersion version, Consumer<ConntrackEntry> entries) throws IOException {
        socket.request()
                .message(SUBSYSTEM, GET, NetlinkWriter.DUMP, version.family(), 0)
                .u32(STATUS, DESTINATION_TRANSLATED)
                .u32(STATUS_MASK, DESTINATION_TRANSLATED);
        // Before Linux 5.15 the kernel ignores the status, and hands on all.
        socket.send(answer -> entries.accept(ConntrackEntry.parse(answer)));
    }

    /** Deletes the entry of this connection, and returns whether there was one. */
    public boolean delete(Direction direction, Tuple tuple) throws IOException {
        write(DELETE, direction, tuple);
        return found(socket::send);
    }

    /** Deletes this entry and no other one of the same tuple, and returns whether it was still there. */
    public boolean delete(ConntrackEntry entry) throws IOException {
        write(DELETE, Direction.ORIGINAL, entry.original()).u32(ID, entry.id());
        return found(socket::send);
    }

    private NetlinkWriter write(int type, Direction direction, Tuple tuple) {
        IpVersion version = IpVersion.of(tuple.from.getAddress());
        int address = version == IpVersion.IPV6 ? 3 : 1;
        return socket.request()
                .message(SUBSYSTEM, type, 0, version.family(), 0)
                .nest(direction.attribute, of -> of.nest(1, ip -> ip.bytes(
                                        address, tuple.from.getAddress().getAddress())
                                .bytes(address + 1, tuple.to.getAddress().getAddress()))
                        .nest(2, protocol -> protocol.u8(1, TCP)
                                .u16(2, tuple.from.getPort())
                                .u16(3, tuple.to.getPort())));
    }

    private static boolean found(Call call) throws IOException {
        try {
            call.run();
            return true;
        } catch (NetlinkException e) {
            if (e.number() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private interface Call {
        void run() throws IOException;
    }
}
