package io.ftpalg.live;

import io.ftpalg.policy.ClientGate;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Replies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A gate that an operator closes and opens while the gateway runs: for all new clients, or for some networks and a time. Sessions
 * that there are continue.
 *
 * <p>Owned by its creator; any number of gateways may have it. Changed under its own lock, and read by all event loops from one
 * volatile value; it never blocks.
 */
public final class OperatorGate implements ClientGate {
    /** How many networks can be blocked at a time. */
    public static final int MOST_BLOCKS = 1000;

    /** The longest time of a block. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private final LongSupplier nanoTime;
    private volatile Closed closed = new Closed(Optional.empty(), Map.of(), List.of());

    /**
     * A blocked network.
     *
     * @param network whose clients are refused
     * @param left for how long they still are
     */
    public record Block(Cidr network, Duration left) {}

    private record Until(Cidr network, long end) {
        boolean isOver(long now) {
            return now - end >= 0;
        }
    }

    /** Single addresses are found at once, however many they are. */
    private record Closed(Optional<FtpReply> all, Map<InetAddress, Until> hosts, List<Until> networks) {
        Closed {
            hosts = Map.copyOf(hosts);
            networks = List.copyOf(networks);
        }
    }

    /** Makes an open gate. */
    public OperatorGate() {
        this(System::nanoTime);
    }

    OperatorGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<FtpReply> refuse(InetSocketAddress client) {
        Closed now = closed;
        return now.all()
                .or(() -> isBlocked(now, client.getAddress())
                        ? Optional.of(Replies.SERVICE_NOT_AVAILABLE)
                        : Optional.empty());
    }

    /** Returns whether clients of this address are refused because their network is blocked. */
    public boolean isBlocked(InetAddress client) {
        return isBlocked(closed, client);
    }

    private boolean isBlocked(Closed gate, InetAddress client) {
        if (gate.hosts().isEmpty() && gate.networks().isEmpty()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        Until host = gate.hosts().get(IpLiteral.canonical(client));
        return host != null && !host.isOver(now)
                || gate.networks().stream()
                        .anyMatch(one -> !one.isOver(now) && one.network().contains(client));
    }

    /** Refuses all new clients with this reply from now on. */
    public synchronized void close(FtpReply reply) {
        closed = new Closed(Optional.of(reply), closed.hosts(), closed.networks());
    }

    /** Admits clients again, unless they are blocked. */
    public synchronized void open() {
        closed = new Closed(Optional.empty(), closed.hosts(), closed.networks());
    }

    /** Returns the reply to all new clients, while it is closed for all. */
    public Optional<FtpReply> closed() {
        return closed.all();
    }

    /**
     * Refuses new clients of this network for this time, from now; again for one that is blocked already.
     *
     * @throws IllegalArgumentException if the time is not positive, or longer than {@link #LONGEST}
     * @throws IllegalStateException if there are {@link #MOST_BLOCKS} already
     */
    public synchronized void block(Cidr network, Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a block lasts at most " + LONGEST.toDays() + " days, not " + time);
        }
        List<Until> blocks = without(network);
        if (blocks.size() >= MOST_BLOCKS) {
            throw new IllegalStateException(
                    "there are " + MOST_BLOCKS + " blocks: remove some, or block a larger network");
        }
        blocks.add(new Until(network, nanoTime.getAsLong() + time.toNanos()));
        set(blocks);
    }

    /** Admits clients of this network again; false if it was not blocked. */
    public synchronized boolean unblock(Cidr network) {
        boolean was = current().stream().anyMatch(one -> one.network().equals(network));
        set(without(network));
        return was;
    }

    /** Returns the blocked networks, those first that are blocked for the shortest time. */
    public List<Block> blocks() {
        long now = nanoTime.getAsLong();
        return current().stream()
                .map(one -> new Block(one.network(), Duration.ofNanos(one.end() - now)))
                .filter(block -> !block.left().isNegative() && !block.left().isZero())
                .sorted(Comparator.comparing(Block::left))
                .toList();
    }

    /** Those that are not over. */
    private List<Until> current() {
        long now = nanoTime.getAsLong();
        List<Until> all = new ArrayList<>(closed.hosts().values());
        all.addAll(closed.networks());
        all.removeIf(one -> one.isOver(now));
        return all;
    }

    private List<Until> without(Cidr network) {
        List<Until> blocks = current();
        blocks.removeIf(one -> one.network().equals(network));
        return blocks;
    }

    private void set(List<Until> blocks) {
        Map<InetAddress, Until> hosts = new HashMap<>();
        List<Until> networks = new ArrayList<>();
        for (Until one : blocks) {
            InetAddress address = one.network().network();
            if (one.network().bits() == address.getAddress().length * 8) {
                hosts.put(address, one);
            } else {
                networks.add(one);
            }
        }
        closed = new Closed(closed.all(), hosts, networks);
    }
}
