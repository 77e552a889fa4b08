package io.ftpalg.data.kernel;

import static io.ftpalg.data.netlink.NftRule.ACK;
import static io.ftpalg.data.netlink.NftRule.FIN;
import static io.ftpalg.data.netlink.NftRule.RST;
import static io.ftpalg.data.netlink.NftRule.SYN;

import io.ftpalg.data.netlink.Errno;
import io.ftpalg.data.netlink.IpVersion;
import io.ftpalg.data.netlink.NetlinkException;
import io.ftpalg.data.netlink.NetlinkSocket;
import io.ftpalg.data.netlink.NftBatch;
import io.ftpalg.data.netlink.NftMap;
import io.ftpalg.data.netlink.NftRule;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The gateway's table of nftables: {@code nft list table inet ftp_alg_<name>} shows it, nft(8) explains it. Each request is an element
 * of {@code to4} or {@code to6}, which says where the peer is sent to, and one of {@code from4} and its like, which says what the target
 * sees. Rules look at new connections to the ports of the gateway only.
 *
 * <p>The table has {@code flags owner}: nobody else can change it, {@code nft flush ruleset} spares it, and the kernel removes it
 * when the socket is closed, by {@code kill -9} too. On the thread of its socket.
 */
final class NatTable {
    private static final NftMap TO4 = new NftMap("to4", IpVersion.IPV4, true);
    private static final NftMap FROM4 = new NftMap("from4", IpVersion.IPV4, false);
    private static final NftMap FROM4P = new NftMap("from4p", IpVersion.IPV4, true);
    private static final NftMap TO6 = new NftMap("to6", IpVersion.IPV6, true);
    private static final NftMap FROM6 = new NftMap("from6", IpVersion.IPV6, false);
    private static final NftMap FROM6P = new NftMap("from6p", IpVersion.IPV6, true);

    private static final long ELEMENT_TIMEOUT_MILLIS = 60_000;
    private static final int DSTNAT = -100;
    private static final int SRCNAT = 100;
    private static final int FILTER = 0;
    /** Ahead of the operator's own rules at the named priorities. */
    private static final int EARLIER = -5;

    private static final Map<Integer, Integer> TIMEOUTS =
            Map.of(NftBatch.ESTABLISHED, 3600, NftBatch.FIN_WAIT, 30, NftBatch.TIME_WAIT, 5, NftBatch.CLOSE, 2);
    /** The headers of IPv6 and TCP, or of IPv4 and TCP with all options. */
    private static final int LOGGED_BYTES = 100;

    private final NetlinkSocket socket;
    private final String name;

    private NatTable(NetlinkSocket socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    /**
     * Adds the table, which must not exist. The socket then owns it.
     *
     * @throws NetlinkException with EPERM or EEXIST if there is one of that name
     */
    static NatTable create(NetlinkSocket socket, KernelSettings settings) throws IOException {
        try {
            create(socket, settings, true);
        } catch (NetlinkException e) {
            if (e.number() != Errno.ENOENT && e.number() != Errno.EOPNOTSUPP) {
                throw e;
            }
            // A kernel without CONFIG_NF_CONNTRACK_TIMEOUT: its timeouts of TCP apply, which are longer.
            create(socket, settings, false);
        }
        return new NatTable(socket, settings.table());
    }

    private static void create(NetlinkSocket socket, KernelSettings settings, boolean timeouts) throws IOException {
        NftBatch batch = new NftBatch(socket, settings.table()).table(NftBatch.OWNER);
        for (NftMap map : List.of(TO4, FROM4, FROM4P, TO6, FROM6, FROM6P)) {
            batch.map(map, KernelSettings.MOST_FLOWS, ELEMENT_TIMEOUT_MILLIS);
        }
        if (timeouts) {
            batch.timeouts("data4", IpVersion.IPV4, TIMEOUTS).timeouts("data6", IpVersion.IPV6, TIMEOUTS);
        }
        batch.chain("pre", "nat", NftBatch.PREROUTING, DSTNAT + EARLIER)
                .chain("enter")
                .chain("post", "nat", NftBatch.POSTROUTING, SRCNAT + EARLIER)
                .chain("leave")
                .chain("watch", "filter", NftBatch.FORWARD, FILTER + EARLIER)
                .chain("tell")
                .chain("once")
                .chain("replied");
        settings.ports().forEach(range -> select(batch, range));
        translate(batch, settings.logGroup());
        report(batch, settings.logGroup(), timeouts);
        batch.commit();
    }

    /** Which connections are looked at: those to our ports, and of the translated ones those that came to our ports. */
    private static void select(NftBatch batch, PortRange ports) {
        batch.rule(
                "pre",
                new NftRule()
                        .tcpDestination(ports.first(), ports.last())
                        .tcpFlags(SYN, FIN | SYN | RST | ACK)
                        .jump("enter"));
        batch.rule(
                "post",
                new NftRule()
                        .tcp()
                        .translated()
                        .originalDestination(ports.first(), ports.last())
                        .jump("leave"));
        batch.rule(
                "watch",
                new NftRule()
                        .anyTcpFlag(FIN | SYN | RST)
                        .translated()
                        .originalDestination(ports.first(), ports.last())
                        .jump("tell"));
    }

    /**
     * Where the first packet of a connection is sent to, and as whose. In {@code enter} it is logged as it arrived, but only if it has
     * an element: unexpected peers must not be able to fill the log. A text for nft can put the log before the look-up only.
     */
    private static void translate(NftBatch batch, int logGroup) {
        for (NftMap to : List.of(TO4, TO6)) {
            batch.rule(
                    "enter",
                    new NftRule()
                            .packetKey(to.version())
                            .lookup(to)
                            .log(logGroup, LOGGED_BYTES)
                            .dnat(to));
        }
        for (NftMap from : List.of(FROM4, FROM6, FROM4P, FROM6P)) {
            batch.rule(
                    "leave",
                    new NftRule().originalKey(from.version()).lookup(from).snat(from));
        }
    }

    /**
     * What the gateway learns of a translated connection: SYN, SYN ACK, FIN and RST. Its SYN spends the element that it came by, so
     * that there is no second one, and its SYN ACK the element that says what the target sees, which is not needed any more.
     */
    private static void report(NftBatch batch, int logGroup, boolean timeouts) {
        if (timeouts) {
            batch.rule(
                    "tell", new NftRule().newConnection().family(IpVersion.IPV4).timeouts("data4"));
            batch.rule(
                    "tell", new NftRule().newConnection().family(IpVersion.IPV6).timeouts("data6"));
        }
        batch.rule("tell", new NftRule().counted().log(logGroup, LOGGED_BYTES));
        batch.rule("tell", new NftRule().tcpFlags(SYN, SYN | ACK).jump("once"));
        batch.rule("tell", new NftRule().tcpFlags(SYN | ACK, SYN | ACK).jump("replied"));
        for (NftMap to : List.of(TO4, TO6)) {
            batch.rule("once", new NftRule().originalKey(to.version()).delete(to));
        }
        for (NftMap from : List.of(FROM4, FROM6, FROM4P, FROM6P)) {
            batch.rule("replied", new NftRule().originalKey(from.version()).delete(from));
        }
    }

    /** The name of its chain in the forward hook, as {@link NftBatch#baseChains} has it. */
    String watchChain() {
        return "inet " + name + " watch";
    }

    /** Adds the elements of this request, all or none. */
    void add(FlowRequest request) throws IOException {
        NftMap to = to(request);
        byte[] key = to.key(request.peer(), request.own());
        NftBatch batch = new NftBatch(socket, name).add(to, key, to.data(request.target()));
        request.source().ifPresent(source -> {
            NftMap from = from(request.isIpv6(), source.getPort() != 0);
            batch.add(from, key, from.data(source));
        });
        batch.commit();
    }

    /** Deletes those elements of this request that are still there. */
    void remove(FlowRequest request) throws IOException {
        byte[] key = to(request).key(request.peer(), request.own());
        List<NftMap> maps = new ArrayList<>(List.of(to(request)));
        request.source().ifPresent(source -> maps.add(from(request.isIpv6(), source.getPort() != 0)));
        if (!deleted(maps, key)) {
            // One of them is spent or has expired, and a transaction is done as a whole or not at all.
            for (NftMap map : maps) {
                deleted(List.of(map), key);
            }
        }
    }

    private boolean deleted(List<NftMap> maps, byte[] key) throws IOException {
        NftBatch batch = new NftBatch(socket, name);
        maps.forEach(map -> batch.delete(map, key));
        try {
            batch.commit();
            return true;
        } catch (NetlinkException e) {
            if (e.number() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private static NftMap to(FlowRequest request) {
        return request.isIpv6() ? TO6 : TO4;
    }

    private static NftMap from(boolean ipv6, boolean withPort) {
        if (withPort) {
            return ipv6 ? FROM6P : FROM4P;
        }
        return ipv6 ? FROM6 : FROM4;
    }
}
