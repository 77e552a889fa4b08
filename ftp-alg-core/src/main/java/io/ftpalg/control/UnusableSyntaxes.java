package io.ftpalg.control;

import io.ftpalg.protocol.DataSyntax;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which ways to agree a data port did not work with which server, so that the next session begins with one that does. Shared
 * by all event loops of a gateway, a concurrent map; bounded, and an entry is valid for an hour, since servers are upgraded
 * and firewalls are changed.
 */
final class UnusableSyntaxes {
    static final int MOST_SERVERS = 1_000;
    private static final Duration VALID = Duration.ofHours(1);

    private final Map<InetSocketAddress, Entry> servers = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    UnusableSyntaxes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns what did not work with this server, or nothing if that is not known. */
    Set<DataSyntax> of(InetSocketAddress server) {
        Entry entry = servers.get(server);
        return entry == null || isOver(entry) ? Set.of() : entry.syntaxes();
    }

    /** These did not work, or none is known; it replaces what was known of the server. */
    void put(InetSocketAddress server, Set<DataSyntax> syntaxes) {
        if (syntaxes.isEmpty()) {
            servers.remove(server);
            return;
        }
        if (servers.size() >= MOST_SERVERS && !servers.containsKey(server)) {
            servers.values().removeIf(this::isOver);
            if (servers.size() >= MOST_SERVERS) {
                // What is lost costs one attempt more.
                servers.clear();
            }
        }
        servers.put(server, new Entry(Set.copyOf(syntaxes), nanoTime.getAsLong() + VALID.toNanos()));
    }

    /** Returns how many servers are known. */
    int size() {
        return servers.size();
    }

    private boolean isOver(Entry entry) {
        return nanoTime.getAsLong() - entry.end() >= 0;
    }

    private record Entry(Set<DataSyntax> syntaxes, long end) {
    }
}
