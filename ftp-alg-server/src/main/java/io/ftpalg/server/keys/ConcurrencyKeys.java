package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings.AtOnce;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of {@code concurrency}, and what is made of them. */
final class ConcurrencyKeys {
    private static final int MOST = 1_000_000;
    private static final Key<Integer> SESSIONS = count("sessions", "sessions at a time; no limit if left out");
    private static final Key<Integer> TRANSFERS =
            count("transfers", "transfers at a time, listings too; no limit if left out");
    private static final Key<String> USER = Key.of(
                    "user",
                    TEXT,
                    "NAME",
                    "a user: of the gateway's own, where it has users, else of the server's",
                    Meanings::user)
            .needed();
    private static final Key<String> GROUP = Key.of(
                    "group", TEXT, "NAME", "a group of the gateway's own users", Meanings::user)
            .needed();
    private static final Section EACH_USER =
            Section.of("each-user", "each user, but for those below users", SESSIONS, TRANSFERS);
    private static final Section USERS =
            Section.list("users", "single users, in place of each-user", USER, SESSIONS, TRANSFERS);
    private static final Section GROUPS =
            Section.list("groups", "all users of a group together", GROUP, SESSIONS, TRANSFERS);
    private static final Key<Cidr> CLIENT = Key.of("client", TEXT, "CIDR", "network of clients", Meanings::network)
            .needed();
    private static final Key<Cidr> SERVER = Key.of("server", TEXT, "CIDR", "network of servers", Meanings::network)
            .needed();
    private static final Section CLIENTS =
            Section.list("clients", "all clients of a network together", CLIENT, SESSIONS, TRANSFERS);
    private static final Section SERVERS =
            Section.list("servers", "all servers of a network together", SERVER, SESSIONS, TRANSFERS);
    static final Section CONCURRENCY = Section.of(
            "concurrency",
            "sessions and transfers at a time of users, groups, clients and servers, of all listeners together",
            EACH_USER,
            USERS,
            GROUPS,
            CLIENTS,
            SERVERS);

    private ConcurrencyKeys() {}

    private static Key<Integer> count(String name, String description) {
        return Key.of(name, COUNT, "1 to " + MOST, description, text -> Meanings.number(text, 1, MOST));
    }

    static ConcurrencySettings read(Given program) {
        if (!program.offers(CONCURRENCY)) {
            return ConcurrencySettings.NONE;
        }
        Given given = program.section(CONCURRENCY);
        return new ConcurrencySettings(
                atOnce(given.section(EACH_USER)),
                named(given, USERS, USER),
                named(given, GROUPS, GROUP),
                named(given, CLIENTS, CLIENT),
                named(given, SERVERS, SERVER));
    }

    private static <T> Map<T, AtOnce> named(Given given, Section list, Key<T> key) {
        Map<T, AtOnce> all = new LinkedHashMap<>();
        for (Given one : given.sections(list)) {
            one.one(key).ifPresent(name -> {
                if (all.put(name, atOnce(one)) != null) {
                    one.problem(key.name() + " '" + name + "' has limits already: remove one of them", key);
                }
            });
        }
        return all;
    }

    private static AtOnce atOnce(Given given) {
        return new AtOnce(given.one(SESSIONS), given.one(TRANSFERS));
    }
}
