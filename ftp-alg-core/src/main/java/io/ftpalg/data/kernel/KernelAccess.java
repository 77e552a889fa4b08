package io.ftpalg.data.kernel;

import io.ftpalg.data.netlink.Conntrack;
import io.ftpalg.data.netlink.Errno;
import io.ftpalg.data.netlink.NetlinkException;
import io.ftpalg.data.netlink.NetlinkOpener;
import io.ftpalg.data.netlink.NetlinkSocket;
import io.ftpalg.data.netlink.NftBatch;
import io.ftpalg.data.netlink.PacketLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the plane has of the kernel, or the one thing that is missing. Opened in the network namespace of the calling thread, then used on
 * the plane's loop.
 */
final class KernelAccess implements AutoCloseable {
    private static final String PLANE = "kernel data plane: ";

    private final NatTable table;
    private final Conntrack conntrack;
    private final PacketLog log;
    private final NetlinkSocket nftables;
    private final List<NetlinkSocket> sockets;

    private KernelAccess(
            NatTable table, Conntrack conntrack, PacketLog log, NetlinkSocket nftables, List<NetlinkSocket> sockets) {
        this.table = table;
        this.conntrack = conntrack;
        this.log = log;
        this.nftables = nftables;
        this.sockets = sockets;
    }

    /**
     * Takes the NFLOG group and adds the table.
     *
     * @param logBuffer bytes that the kernel keeps of logged packets until they are read
     * @throws IOException with the capability, the kernel module or the setting that is in the way
     */
    static KernelAccess open(KernelSettings settings, NetlinkOpener opener, int logBuffer) throws IOException {
        List<NetlinkSocket> opened = new ArrayList<>();
        try {
            NetlinkSocket nftables = socket(opener, opened);
            probe("nf_tables", () -> NftBatch.probe(nftables));
            Conntrack conntrack = new Conntrack(socket(opener, opened));
            probe("nf_conntrack_netlink", conntrack::probe);
            PacketLog log = log(settings, logBuffer, socket(opener, opened));
            return new KernelAccess(table(settings, nftables), conntrack, log, nftables, opened);
        } catch (IOException e) {
            opened.forEach(NetlinkSocket::close);
            throw e;
        }
    }

    private static NetlinkSocket socket(NetlinkOpener opener, List<NetlinkSocket> opened) throws IOException {
        try {
            NetlinkSocket socket = NetlinkSocket.open(opener);
            opened.add(socket);
            return socket;
        } catch (IOException e) {
            throw new IOException(
                    PLANE + "cannot open a netlink socket: " + e.getMessage()
                            + " (is the kernel module nfnetlink there?)",
                    e);
        }
    }

    private static void probe(String module, Call call) throws IOException {
        try {
            call.run();
        } catch (NetlinkException e) {
            throw switch (e.number()) {
                case Errno.EPERM ->
                    new IOException(PLANE + "permission denied (run as root, or grant CAP_NET_ADMIN)", e);
                // What nfnetlink answers for a subsystem that it does not have.
                case Errno.EINVAL, Errno.EOPNOTSUPP -> missing(module, e);
                default -> new IOException(PLANE + module + ": " + e.getMessage(), e);
            };
        }
    }

    private static PacketLog log(KernelSettings settings, int buffer, NetlinkSocket socket) throws IOException {
        try {
            return PacketLog.open(socket, settings.logGroup(), buffer);
        } catch (NetlinkException e) {
            throw switch (e.number()) {
                case Errno.EPERM, Errno.EEXIST, Errno.EBUSY ->
                    new IOException(
                            PLANE + "NFLOG group " + settings.logGroup()
                                    + " is in use by another process (configure another group)",
                            e);
                case Errno.EINVAL, Errno.EOPNOTSUPP -> missing("nfnetlink_log", e);
                default -> new IOException(PLANE + "NFLOG group " + settings.logGroup() + ": " + e.getMessage(), e);
            };
        }
    }

    private static NatTable table(KernelSettings settings, NetlinkSocket socket) throws IOException {
        try {
            return NatTable.create(socket, settings);
        } catch (NetlinkException e) {
            String table = "table inet " + settings.table();
            throw switch (e.number()) {
                case Errno.EPERM, Errno.EEXIST, Errno.EBUSY ->
                    new IOException(PLANE + table + " exists: another gateway has it (configure another name)", e);
                case Errno.ENOENT, Errno.EOPNOTSUPP, Errno.EINVAL ->
                    new IOException(
                            PLANE + "the kernel cannot have " + table + ": " + e.getMessage()
                                    + " (needs Linux 5.12 with the modules nft_chain_nat, nft_nat, nft_ct and nft_log)",
                            e);
                default -> new IOException(PLANE + table + ": " + e.getMessage(), e);
            };
        }
    }

    private static IOException missing(String module, IOException cause) {
        return new IOException(
                PLANE + "the kernel module " + module + " is missing (load it, or install a kernel that has it)",
                cause);
    }

    NatTable table() {
        return table;
    }

    Conntrack conntrack() {
        return conntrack;
    }

    PacketLog log() {
        return log;
    }

    /** Returns the chains of others in the forward hook, for a message. */
    List<String> forwardChains() {
        try {
            return NftBatch.baseChains(nftables, NftBatch.FORWARD).stream()
                    .filter(chain -> !chain.equals(table.watchChain()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes the table, by closing the socket that owns it, and gives the group back. */
    @Override
    public void close() {
        log.close();
        sockets.forEach(NetlinkSocket::close);
    }

    private interface Call {
        void run() throws IOException;
    }
}
