package io.ftpalg.data.kernel;

import io.ftpalg.data.netlink.Conntrack;
import io.ftpalg.data.netlink.Conntrack.Direction;
import io.ftpalg.data.netlink.Conntrack.Tuple;
import io.ftpalg.data.netlink.ConntrackEntry;
import io.ftpalg.data.netlink.ConntrackEntry.Counter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry of conntrack of one {@link Flow}, which it owns: as it was read last, and what is to be deleted. */
final class FlowEntry {
    private static final Logger logger = LoggerFactory.getLogger(FlowEntry.class);

    private static final Counter NONE = new Counter(0, 0);

    private final KernelAccess kernel;
    private final FlowRequest request;
    private @Nullable InetSocketAddress peer;
    private @Nullable ConntrackEntry last;
    private long lastChange;

    FlowEntry(KernelAccess kernel, FlowRequest request) {
        this.kernel = kernel;
        this.request = request;
    }

    /** Sets the address and port of the connection's peer. */
    void setPeer(InetSocketAddress from) {
        peer = from;
    }

    Optional<InetSocketAddress> peer() {
        return Optional.ofNullable(peer);
    }

    /** Deletes what is left of an earlier connection between the target and the source: it would swallow the SYN. */
    void freeSource() throws IOException {
        Optional<Tuple> reply = request.source()
                .filter(source -> source.getPort() != 0)
                .map(source -> new Tuple(request.target(), source));
        if (reply.isEmpty()) {
            return;
        }
        Conntrack conntrack = kernel.conntrack();
        Optional<ConntrackEntry> earlier = conntrack.get(Direction.REPLY, reply.get());
        if (earlier.isPresent()) {
            if (earlier.get().state() < ConntrackEntry.TIME_WAIT) {
                throw new IOException("a connection from " + reply.get().to() + " to " + request.target() + " exists");
            }
            conntrack.delete(earlier.get());
        }
    }

    /** Returns whether there is a connection of this flow from that address and port. */
    boolean isFrom(InetSocketAddress from) {
        return get(from)
                .filter(entry -> entry.reply().from().equals(request.target()))
                .isPresent();
    }

    /** Reads it, and keeps it as the last one. */
    Optional<ConntrackEntry> read() {
        Optional<ConntrackEntry> found = peer == null ? Optional.empty() : get(peer);
        if (found.isPresent() && !found.get().equals(last)) {
            last = found.get();
            lastChange = System.nanoTime();
        }
        return found;
    }

    private Optional<ConntrackEntry> get(InetSocketAddress from) {
        try {
            return kernel.conntrack().get(Direction.ORIGINAL, new Tuple(from, request.own()));
        } catch (IOException e) {
            logger.warn("kernel data plane: cannot read the connection of {}: {}", request, e.toString());
            return Optional.ofNullable(last);
        }
    }

    /** Returns whether it did not change for so long, as far as it was read. */
    boolean isUnchangedFor(long millis) {
        return System.nanoTime() - lastChange >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Returns what this side has sent, by the entry that was read last. */
    Counter counter(FlowSide side) {
        if (last == null) {
            return NONE;
        }
        return side == FlowSide.PEER ? last.sent() : last.replied();
    }

    /** Deletes the elements, and the connection where there is one. */
    void delete() {
        try {
            kernel.table().remove(request);
            if (peer != null) {
                kernel.conntrack().delete(Direction.ORIGINAL, new Tuple(peer, request.own()));
            }
        } catch (IOException e) {
            logger.warn("kernel data plane: cannot delete {}: {}", request, e.toString());
        }
    }
}
