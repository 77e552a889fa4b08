package io.ftpalg.control.shared;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which ways to agree a data port do not work with which server, so that the next session begins with one that does. A refusal
 * costs a round trip and may have had a reason of its own: it counts when five sessions in a row had it. A timeout counts at
 * once. Shared by all event loops of a gateway, a concurrent map; bounded, and an entry is valid for an hour, since servers are
 * upgraded and firewalls are changed.
 */
public final class UnusableSyntaxes {
    static final int MOST_SERVERS = 1_000;
    static final int REFUSALS = 5;
    private static final Duration VALID = Duration.ofHours(1);

    private final Map<InetSocketAddress, Entry> servers = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    UnusableSyntaxes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns what does not work with this server, or nothing if unknown. */
    public Set<DataSyntax> of(InetSocketAddress server) {
        Entry entry = servers.get(server);
        return entry == null || isOver(entry) ? Set.of() : entry.unusable();
    }

    /** Records that a syntax worked with a server, in one session. */
    public void worked(InetSocketAddress server, DataSyntax syntax) {
        // Most servers never have an entry, and the look-up takes no lock.
        if (servers.containsKey(server)) {
            servers.computeIfPresent(server, (key, entry) -> entry.worked(syntax));
        }
    }

    /** Records that a syntax did not work with a server, in one session: after a timeout, or at once. */
    public void failed(InetSocketAddress server, DataSyntax syntax, boolean timedOut) {
        makeRoom(server);
        servers.compute(server, (key, entry) -> (entry == null || isOver(entry) ? Entry.EMPTY : entry)
                .failed(syntax, timedOut ? REFUSALS : 1, nanoTime.getAsLong() + VALID.toNanos()));
    }

    /** Returns the number of servers in it. */
    int size() {
        return servers.size();
    }

    private void makeRoom(InetSocketAddress server) {
        if (servers.size() >= MOST_SERVERS && !servers.containsKey(server)) {
            servers.values().removeIf(this::isOver);
            if (servers.size() >= MOST_SERVERS) {
                // What is lost costs one attempt more.
                servers.clear();
            }
        }
    }

    private boolean isOver(Entry entry) {
        return nanoTime.getAsLong() - entry.end() >= 0;
    }

    /** The failures of each syntax since it last worked; computed where they change, which is seldom. */
    private record Entry(Map<DataSyntax, Integer> failures, Set<DataSyntax> unusable, long end) {
        static final Entry EMPTY = new Entry(Map.of(), Set.of(), 0);

        private static Entry of(Map<DataSyntax, Integer> failures, long end) {
            Set<DataSyntax> unusable = EnumSet.noneOf(DataSyntax.class);
            failures.forEach((syntax, count) -> {
                if (count >= REFUSALS) {
                    unusable.add(syntax);
                }
            });
            return new Entry(failures, Set.copyOf(unusable), end);
        }

        Entry failed(DataSyntax syntax, int weight, long until) {
            Map<DataSyntax, Integer> all = new EnumMap<>(DataSyntax.class);
            all.putAll(failures);
            all.merge(syntax, weight, (a, b) -> Math.min(a + b, REFUSALS));
            return of(all, until);
        }

        /** Nothing is left if nothing else failed. */
        @Nullable
        Entry worked(DataSyntax syntax) {
            if (!failures.containsKey(syntax)) {
                return this;
            }
            Map<DataSyntax, Integer> all = new EnumMap<>(failures);
            all.remove(syntax);
            return all.isEmpty() ? null : of(all, end);
        }
    }
}
