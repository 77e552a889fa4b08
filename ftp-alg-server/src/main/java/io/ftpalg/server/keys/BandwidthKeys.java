package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.Rate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of {@code bandwidth}, of a listener and of the program, and what is made of them. */
final class BandwidthKeys {
    private static final Key<Long> UPLOAD = bytes("upload", "bytes a second to servers; no limit if left out", 1);
    private static final Key<Long> DOWNLOAD = bytes("download", "bytes a second to clients; no limit if left out", 1);
    private static final Key<Long> BURST = bytes(
            "burst", "bytes that may be moved at once after a pause, in each direction; those of 20 ms if left out", 0);
    private static final Key<String> GROUP = Key.of(
                    "group", TEXT, "NAME", "a group of the gateway's own users", Meanings::user)
            .needed();
    private static final Section TRANSFER = rate("transfer", "each transfer");
    private static final Section USER =
            rate("user", "all transfers of a user: of the gateway's own, where it has users, else of the server's");
    private static final Section ADDRESS = rate("address", "all transfers of a client's address");
    private static final Section GROUPS =
            Section.list("groups", "all transfers of the users of a group together", GROUP, UPLOAD, DOWNLOAD, BURST);
    private static final Key<Cidr> CLIENT = Key.of("client", TEXT, "CIDR", "network of clients", Meanings::network)
            .needed();
    private static final Key<Cidr> SERVER = Key.of("server", TEXT, "CIDR", "network of servers", Meanings::network)
            .needed();
    private static final Section CLIENTS = Section.list(
            "clients", "all transfers with the clients of a network together", CLIENT, UPLOAD, DOWNLOAD, BURST);
    private static final Section SERVERS = Section.list(
            "servers", "all transfers with the servers of a network together", SERVER, UPLOAD, DOWNLOAD, BURST);
    private static final Section ALL = rate("listener", "all transfers of the listener");
    static final Section LISTENER = Section.of(
            "bandwidth",
            "bandwidth of transfers: each limit holds for itself, and those who share one move alike",
            TRANSFER,
            USER,
            ADDRESS,
            GROUPS,
            CLIENTS,
            SERVERS,
            ALL);
    static final Section TOTAL = rate("bandwidth", "bandwidth of all transfers of all listeners");

    private BandwidthKeys() {}

    private static Key<Long> bytes(String name, String description, long least) {
        return Key.of(name, TEXT, "BYTES", description, text -> Meanings.bytes(text, least, 1L << 40));
    }

    private static Section rate(String name, String description) {
        return Section.of(name, description, UPLOAD, DOWNLOAD, BURST);
    }

    static BandwidthSettings listener(Given listener) {
        Given bandwidth = listener.section(LISTENER);
        return new BandwidthSettings(
                rate(bandwidth.section(TRANSFER)),
                rate(bandwidth.section(USER)),
                rate(bandwidth.section(ADDRESS)),
                shared(bandwidth, GROUPS, GROUP),
                shared(bandwidth, CLIENTS, CLIENT),
                shared(bandwidth, SERVERS, SERVER),
                rate(bandwidth.section(ALL)));
    }

    private static <T> Map<T, Rate> shared(Given bandwidth, Section list, Key<T> key) {
        Map<T, Rate> all = new LinkedHashMap<>();
        for (Given one : bandwidth.sections(list)) {
            one.one(key).ifPresent(who -> {
                if (all.put(who, rate(one)) != null) {
                    one.problem(key.name() + " '" + who + "' has a bandwidth already: remove one of them", key);
                }
            });
        }
        return all;
    }

    static Rate total(Given program) {
        return rate(program.section(TOTAL));
    }

    private static Rate rate(Given given) {
        return new Rate(given.one(UPLOAD), given.one(DOWNLOAD), given.one(BURST));
    }
}
