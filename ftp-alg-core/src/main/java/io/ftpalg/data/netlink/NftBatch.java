package io.ftpalg.data.netlink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One transaction of nftables on one table of the family inet: all of it is done or nothing. Numbers are those of
 * linux/netfilter/nf_tables.h.
 */
public final class NftBatch {
    /** {@code flags owner}: only this socket may change the table, and the kernel removes it when the socket is closed. */
    public static final int OWNER = 2;

    /** Hooks of base chains. */
    public static final int PREROUTING = 0;

    public static final int FORWARD = 2;
    public static final int POSTROUTING = 4;

    /** Timeouts of TCP in seconds, by the state they are of. */
    public static final int ESTABLISHED = 3;

    public static final int FIN_WAIT = 4;
    public static final int TIME_WAIT = 7;
    public static final int CLOSE = 8;

    static final int CT_TIMEOUT = 7;
    static final int SUBSYSTEM = 10;
    private static final int INET = 1;
    private static final int BATCH_BEGIN = 16;
    private static final int BATCH_END = 17;
    private static final int DROP = 0;
    private static final int ACCEPT = 1;
    private static final int TCP = 6;

    private static final int NEW_TABLE = 0;
    private static final int NEW_CHAIN = 3;
    private static final int GET_CHAIN = 4;
    private static final int NEW_RULE = 6;
    private static final int NEW_SET = 9;
    private static final int NEW_ELEMENTS = 12;
    private static final int DELETE_ELEMENTS = 14;
    private static final int GET_GENERATION = 16;
    private static final int NEW_OBJECT = 18;
    private static final int LIST_ELEMENT = 1;
    private static final int APPEND = 0x800;
    private static final int NEW = NetlinkWriter.CREATE | NetlinkWriter.EXCL;

    /** NFT_SET_MAP and NFT_SET_TIMEOUT */
    private static final int MAP_FLAGS = 0x8 | 0x10;

    private final NetlinkSocket socket;
    private final NetlinkWriter writer;
    private final String table;
    private int maps;

    /** Begins one; the socket has at most one at a time. */
    public NftBatch(NetlinkSocket socket, String table) {
        this.socket = socket;
        this.writer = socket.request();
        this.table = table;
        writer.message(BATCH_BEGIN, 0, 0, SUBSYSTEM);
    }

    /** Asks nf_tables for the number of its generation: shows whether it is there, and whether the process may use it. */
    public static void probe(NetlinkSocket socket) throws IOException {
        socket.request().message(SUBSYSTEM, GET_GENERATION, 0, 0, 0);
        socket.send();
    }

    /** Returns the chains at this hook of all tables, each as family, table and chain, and its policy where that is drop. */
    public static List<String> baseChains(NetlinkSocket socket, int hook) throws IOException {
        socket.request().message(SUBSYSTEM, GET_CHAIN, NetlinkWriter.DUMP, 0, 0);
        List<String> found = new ArrayList<>();
        socket.send(answer -> {
            NetlinkAttributes chain = answer.attributes();
            NetlinkAttributes hooked = chain.nested(4);
            if (hooked.has(1) && hooked.u32(1) == hook) {
                String policy = chain.has(5) && chain.u32(5) == DROP ? " (policy drop)" : "";
                found.add(family(answer.family()) + ' ' + chain.text(1) + ' ' + chain.text(3) + policy);
            }
        });
        return found;
    }

    private static String family(int number) {
        return switch (number) {
            case INET -> "inet";
            case 2 -> "ip";
            case 10 -> "ip6";
            case 7 -> "bridge";
            default -> "family " + number;
        };
    }

    /** Adds the table. */
    public NftBatch table(int flags) {
        message(NEW_TABLE, NEW).u32(2, flags);
        return this;
    }

    /** Adds a map whose elements expire. */
    public NftBatch map(NftMap map, int size, long timeoutMillis) {
        message(NEW_SET, NEW)
                .string(2, map.name())
                .u32(3, MAP_FLAGS)
                .u32(4, map.keyType())
                .u32(5, map.keyLength())
                .u32(6, map.dataType())
                .u32(7, map.dataLength())
                .nest(9, description -> description.u32(1, size))
                .u32(10, ++maps)
                .u64(11, timeoutMillis);
        return this;
    }

    /** Adds a policy of timeouts for connections of TCP. */
    public NftBatch timeouts(String name, IpVersion version, Map<Integer, Integer> seconds) {
        message(NEW_OBJECT, NEW).string(2, name).u32(3, CT_TIMEOUT).nest(4, timeouts -> timeouts.u16(
                        1, version.family())
                .u8(2, TCP)
                .nest(3, states -> seconds.forEach(states::u32)));
        return this;
    }

    /** Adds a chain that rules jump to. */
    public NftBatch chain(String name) {
        message(NEW_CHAIN, NEW).string(3, name);
        return this;
    }

    /** Adds a chain that packets pass, with the policy accept. */
    public NftBatch chain(String name, String type, int hook, int priority) {
        message(NEW_CHAIN, NEW)
                .string(3, name)
                .nest(4, hooked -> hooked.u32(1, hook).u32(2, priority))
                .u32(5, ACCEPT)
                .string(7, type);
        return this;
    }

    /** Adds a rule behind the others of its chain. */
    public NftBatch rule(String chain, NftRule rule) {
        message(NEW_RULE, NetlinkWriter.CREATE | APPEND).string(2, chain).nest(4, rule::write);
        return this;
    }

    /** Adds an element; one of the same key must not be there. */
    public NftBatch add(NftMap map, byte[] key, byte[] data) {
        return element(NEW_ELEMENTS, NEW, map, element -> {
            element.nest(1, value -> value.bytes(1, key));
            element.nest(2, value -> value.bytes(1, data));
        });
    }

    /** Deletes an element; it must be there. */
    public NftBatch delete(NftMap map, byte[] key) {
        return element(DELETE_ELEMENTS, 0, map, element -> element.nest(1, value -> value.bytes(1, key)));
    }

    private NftBatch element(int type, int flags, NftMap map, Consumer<NetlinkWriter> content) {
        message(type, flags).string(2, map.name()).nest(3, elements -> elements.nest(LIST_ELEMENT, content));
        return this;
    }

    /**
     * Carries it out.
     *
     * @throws NetlinkException if any part is refused, and then nothing is done
     */
    public void commit() throws IOException {
        // The kernel confirms the last message before BATCH_END, and reports what fails at the end under the first.
        writer.confirm();
        writer.message(BATCH_END, 0, 0, SUBSYSTEM);
        socket.send();
    }

    private NetlinkWriter message(int type, int flags) {
        return writer.message(SUBSYSTEM, type, flags, INET, 0).string(1, table);
    }
}
