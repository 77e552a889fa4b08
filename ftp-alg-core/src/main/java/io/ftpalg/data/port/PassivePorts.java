package io.ftpalg.data.port;

import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * The ports that peers are sent to for data, above all passive clients, and how many of them each may hold.
 *
 * <p>Shared by all sessions and thread-safe. It keeps no list of free ports: whether a port is free only {@code bind} can
 * tell, since other programs and other local addresses have their say too. So it deals candidates, at random
 * (RFC 2577 section 8), and counts leases.
 */
public final class PassivePorts {
    /** A range that is no larger is shared: a port serves all sessions at a time. */
    static final int LARGEST_SHARED = 8;

    /** Ports that each client may hold whatever its percentage: a share of a small range would be one transfer at a time. */
    static final int LEAST_SHARE = 32;

    private static final int ANY_PORT_CANDIDATES = 8;

    private final Optional<PortRange> range;
    private final int share;
    private final boolean shared;
    private final SecureRandom random = new SecureRandom();
    private final Map<InetAddress, Integer> held = new ConcurrentHashMap<>();

    private PassivePorts(Optional<PortRange> range, int share, boolean shared) {
        this.range = range;
        this.share = share;
        this.shared = shared;
    }

    /** Returns ports that the system picks; no share is limited. */
    public static PassivePorts ephemeral() {
        return new PassivePorts(Optional.empty(), Integer.MAX_VALUE, false);
    }

    /** Returns the ports of a range, of which each client may hold so many percent at a time, and at least {@link #LEAST_SHARE}. */
    public static PassivePorts of(PortRange range, int percentPerClient) {
        if (percentPerClient < 1) {
            throw new IllegalArgumentException("a share is at least 1 percent, not " + percentPerClient);
        }
        return new PassivePorts(
                Optional.of(range),
                (int) Math.max(LEAST_SHARE, (long) range.size() * percentPerClient / 100),
                range.size() <= LARGEST_SHARED);
    }

    /** Returns the ports of a range that one peer may hold all of. */
    public static PassivePorts unshared(PortRange range) {
        return new PassivePorts(Optional.of(range), Integer.MAX_VALUE, false);
    }

    /** Returns a lease for one port, or nothing if this client holds its share; the receiver must close it. */
    public Optional<Lease> lease(InetAddress client) {
        InetAddress host = IpLiteral.canonical(client);
        AtomicBoolean granted = new AtomicBoolean();
        held.compute(host, (key, count) -> {
            int now = count == null ? 0 : count;
            granted.set(now < share);
            return granted.get() ? Integer.valueOf(now + 1) : count;
        });
        return granted.get() ? Optional.of(new Lease(host)) : Optional.empty();
    }

    /** Returns the ports to try, in this order: a random draw from the range, or 0 where the system picks. */
    public PrimitiveIterator.OfInt candidates() {
        return range.map(ports -> FreePorts.candidates(ports, random).iterator())
                .orElseGet(() -> IntStream.of(0).iterator());
    }

    /**
     * Returns ports to try where any will do: some at random, then the system's pick. That pick alone would do, but it looks
     * through the connections that linger in TIME_WAIT, and takes milliseconds once there are thousands of them. The random
     * ones are odd: Linux connects from even ports, and not from one that was listened on until its TIME_WAIT is over.
     */
    public PrimitiveIterator.OfInt anyPorts() {
        return IntStream.concat(
                        random.ints(FreePorts.EPHEMERAL.first(), FreePorts.EPHEMERAL.last() + 1)
                                .limit(ANY_PORT_CANDIDATES)
                                .map(port -> port | 1),
                        IntStream.of(0))
                .iterator();
    }

    /** Returns whether the ports come from a range. */
    public boolean ranged() {
        return range.isPresent();
    }

    /** Returns whether each port is to serve all sessions at a time, since there are few. */
    public boolean shared() {
        return shared;
    }

    /** Returns how many leases are open. */
    public int leased() {
        return held.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One port's place in a client's share, from before it is bound until its listening socket is closed. */
    public final class Lease implements AutoCloseable {
        private final InetAddress host;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Lease(InetAddress host) {
            this.host = host;
        }

        /** Gives the place back; does nothing the second time. */
        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                held.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
