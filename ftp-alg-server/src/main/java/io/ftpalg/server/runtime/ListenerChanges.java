package io.ftpalg.server.runtime;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a reload changed.
 *
 * @param kept the addresses that were listened on before, and still are
 * @param added the addresses that are listened on now
 * @param removed the addresses that are not listened on any more
 * @param sessions how many sessions continue with the settings they began with
 */
record ListenerChanges(
        List<InetSocketAddress> kept, List<InetSocketAddress> added, List<InetSocketAddress> removed, int sessions) {
    ListenerChanges {
        kept = List.copyOf(kept);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Returns the changes from the addresses before to those after. */
    static ListenerChanges of(List<InetSocketAddress> before, List<InetSocketAddress> after, int sessions) {
        return new ListenerChanges(
                after.stream().filter(before::contains).toList(),
                after.stream().filter(address -> !before.contains(address)).toList(),
                before.stream().filter(address -> !after.contains(address)).toList(),
                sessions);
    }
}
