package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.form.Key.Kind.COUNT;
import static io.ftpalg.server.keys.form.Key.Kind.PATH;
import static io.ftpalg.server.keys.form.Key.Kind.TEXT;

import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.limits.QuotaRule;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import io.ftpalg.server.settings.limits.QuotaSettings;
import io.ftpalg.server.settings.limits.QuotaSettings.WithoutStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code quotas}, and what is made of them. */
final class QuotaKeys {
    private static final long MOST = 1L << 50;
    private static final Key<Path> STORE = Key.of(
                    "store",
                    PATH,
                    "FILE",
                    "file in which the counts are kept, such as /var/lib/ftp-alg/quotas.db; made if it is not there",
                    Path::of)
            .needed();
    private static final Key<ZoneId> ZONE = Key.of(
                    "zone",
                    TEXT,
                    "ZONE",
                    "time zone in which hours, days and months begin, such as Europe/Berlin",
                    Meanings::zone)
            .standard("UTC");
    private static final Key<WithoutStore> WITHOUT_STORE = Key.choice(
                    "without-store",
                    WithoutStore.values(),
                    "transfers while the store cannot be used: counted in memory, or refused with 451")
            .standard("allow");
    private static final Key<String> USER = Key.of(
            "user",
            TEXT,
            "NAME",
            "a user: of the gateway's own, where it has users, else of the server's",
            Meanings::user);
    private static final Key<String> GROUP =
            Key.of("group", TEXT, "NAME", "a group of the gateway's own users, counted together", Meanings::user);
    private static final Key<Boolean> EACH_USER =
            Key.flag("each-user", "each user for itself, but for those with a rule of the same period and direction");
    private static final Key<Period> PERIOD =
            Key.choice("period", Period.values(), "by the calendar").needed();
    private static final Key<Way> DIRECTION = Key.choice(
                    "direction", Way.values(), "upload: files to servers; download: files to clients")
            .standard("both");
    private static final Key<Long> BYTES = Key.of(
            "bytes", TEXT, "BYTES", "bytes a period; no limit if left out", text -> Meanings.bytes(text, 1, MOST));
    private static final Key<Long> FILES = Key.of(
            "files",
            COUNT,
            "1 to 1000000000",
            "files a period; no limit if left out",
            text -> Meanings.longNumber(text, 1, 1_000_000_000));
    private static final Section RULES = Section.list(
                    "rules",
                    "how much may be transferred; all that fit hold",
                    USER,
                    GROUP,
                    EACH_USER,
                    PERIOD,
                    DIRECTION,
                    BYTES,
                    FILES)
            .needed();
    static final Section QUOTAS = Section.of(
            "quotas",
            "bytes and files that users and groups may transfer in an hour, a day or a month, docs/quotas.md",
            STORE,
            ZONE,
            WITHOUT_STORE,
            RULES);

    private QuotaKeys() {}

    static Optional<QuotaSettings> read(Given program) {
        if (!program.offers(QUOTAS) || !program.has(QUOTAS)) {
            return Optional.empty();
        }
        Given quotas = program.section(QUOTAS);
        List<QuotaRule> rules = new ArrayList<>();
        Set<List<Object>> known = new HashSet<>();
        for (Given given : quotas.sections(RULES)) {
            rule(given).ifPresent(rule -> {
                if (known.add(List.of(rule.who(), rule.name(), rule.period(), rule.direction()))) {
                    rules.add(rule);
                } else {
                    given.problem("there is a quota of the same period and direction already: remove one of them");
                }
            });
        }
        return quotas.one(STORE)
                .map(store -> new QuotaSettings(store, quotas.get(ZONE), quotas.get(WITHOUT_STORE), rules));
    }

    private static Optional<QuotaRule> rule(Given given) {
        Optional<String> user = given.one(USER);
        Optional<String> group = given.one(GROUP);
        boolean each = given.one(EACH_USER).orElse(false);
        if ((given.has(USER) ? 1 : 0) + (given.has(GROUP) ? 1 : 0) + (each ? 1 : 0) != 1) {
            given.problem("expected one of user, group, and each-user: true", USER, GROUP, EACH_USER);
            return Optional.empty();
        }
        if (!given.has(BYTES) && !given.has(FILES)) {
            given.problem("a quota without a limit: add bytes or files");
            return Optional.empty();
        }
        Who who = each ? Who.EACH_USER : user.isPresent() ? Who.USER : Who.GROUP;
        return given.one(PERIOD)
                .map(period -> new QuotaRule(
                        who,
                        user.or(() -> group).orElse(""),
                        period,
                        given.get(DIRECTION),
                        given.one(BYTES),
                        given.one(FILES)));
    }
}
