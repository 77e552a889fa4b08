package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.CliOption.Group.RUNNING;

import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limit.Count;
import io.ftpalg.policy.Limit.Time;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.LimitsBuilder;
import io.ftpalg.server.keys.form.CliOption;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys of {@code limits}: one for each line of {@link Limit}, with its name, default, range and description. What is of the
 * program alone is an option for some of them.
 */
final class LimitKeys {
    private static final Map<Limit, CliOption> OPTIONS = Map.of(
            Count.SESSIONS,
            option("--max-sessions", "N", "sessions at a time", Count.SESSIONS.byDefault()),
            Count.SESSIONS_PER_ADDRESS,
            option(
                    "--max-per-address",
                    "N",
                    "sessions at a time from one address",
                    Count.SESSIONS_PER_ADDRESS.byDefault()),
            Count.NEW_SESSIONS_PER_SECOND,
            option(
                    "--max-new-per-address",
                    "N",
                    "new sessions a second from one address",
                    Count.NEW_SESSIONS_PER_SECOND.byDefault()),
            Count.FAILED_LOGINS_PER_ADDRESS,
            option(
                    "--failed-logins-per-address",
                    "N",
                    "refused passwords of an address in "
                            + Time.FAILED_LOGIN_WINDOW.byDefault().toMinutes() + " min",
                    Count.FAILED_LOGINS_PER_ADDRESS.byDefault()),
            Count.PASSIVE_SHARE,
            option(
                    "--passive-share",
                    "PERCENT",
                    "percent of passive ports for one address",
                    Count.PASSIVE_SHARE.byDefault()),
            Time.IDLE_TIMEOUT,
            option(
                    "--idle-timeout",
                    "TIME",
                    "time without a command or a transfer",
                    Time.IDLE_TIMEOUT.byDefault().toMinutes() + "m"));

    private static final Map<Count, Key<Integer>> COUNTS = counts();
    private static final Map<Time, Key<Duration>> TIMES = times();

    private LimitKeys() {}

    private static CliOption option(String name, String label, String help, Object byDefault) {
        return new CliOption(RUNNING, name, label, help + " (default " + byDefault + ")");
    }

    private static Map<Count, Key<Integer>> counts() {
        Map<Count, Key<Integer>> keys = new EnumMap<>(Count.class);
        for (Count limit : Count.values()) {
            Key<Integer> key = Key.of(
                            name(limit),
                            Key.Kind.COUNT,
                            "1 to " + limit.largest(),
                            limit.description(),
                            text -> Meanings.number(text, 1, limit.largest()))
                    .standard(String.valueOf(limit.byDefault()));
            keys.put(limit, withOption(key, limit));
        }
        return Collections.unmodifiableMap(keys);
    }

    private static Map<Time, Key<Duration>> times() {
        Map<Time, Key<Duration>> keys = new EnumMap<>(Time.class);
        for (Time limit : Time.values()) {
            Key<Duration> key = Key.of(name(limit), Key.Kind.TIME, "TIME", limit.description(), Meanings::time)
                    .standard(limit.byDefault().toSeconds() + "s");
            keys.put(limit, withOption(key, limit));
        }
        return Collections.unmodifiableMap(keys);
    }

    private static <T> Key<T> withOption(Key<T> key, Limit limit) {
        CliOption option = OPTIONS.get(limit);
        return option == null ? key : key.option(option.group(), option.name(), option.label(), option.help());
    }

    /** Returns the name in the config file. */
    private static String name(Limit limit) {
        return limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the keys of all limits. */
    static Entry[] entries() {
        return Stream.concat(COUNTS.values().stream(), TIMES.values().stream()).toArray(Entry[]::new);
    }

    /** Returns the limits that are given, all others by default. */
    static Limits read(Given given) {
        LimitsBuilder limits = Limits.builder();
        COUNTS.forEach((limit, key) -> given.one(key).ifPresent(value -> limits.set(limit, value)));
        TIMES.forEach((limit, key) -> given.one(key).ifPresent(value -> limits.set(limit, value)));
        return limits.build();
    }
}
