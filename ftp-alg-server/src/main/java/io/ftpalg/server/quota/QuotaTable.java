package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaRule;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import io.ftpalg.server.settings.limits.QuotaRule.Who;
import io.ftpalg.server.settings.limits.QuotaSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which quotas a user has. Immutable. */
public final class QuotaTable {
    /** A limit that is not set. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private final List<QuotaRule> rules;

    /**
     * A quota.
     *
     * @param name what is counted
     * @param bytes how many bytes a period
     * @param files how many files a period
     */
    public record Quota(CounterName name, long bytes, long files) {}

    private QuotaTable(List<QuotaRule> rules) {
        this.rules = rules;
    }

    /** Returns the table of these settings, an empty one without. */
    public static QuotaTable of(Optional<QuotaSettings> settings) {
        return new QuotaTable(settings.map(QuotaSettings::rules).orElse(List.of()));
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns the quotas of transfers in one direction, {@link Way#UPLOAD} or {@link Way#DOWNLOAD}. */
    public List<Quota> of(Optional<String> user, Set<String> groups, Way way) {
        return rules.stream()
                .filter(rule -> rule.direction() == way || rule.direction() == Way.BOTH)
                .flatMap(rule -> quota(rule, user, groups).stream())
                .toList();
    }

    /** Returns the quota that a counter is for, if there is one. */
    public Optional<Quota> of(CounterName name) {
        Stream<Quota> quotas = name.group()
                ? rules.stream().flatMap(rule -> quota(rule, Optional.empty(), Set.of(name.name())).stream())
                : rules.stream().flatMap(rule -> quota(rule, Optional.of(name.name()), Set.of()).stream());
        return quotas.filter(quota -> quota.name().equals(name)).findFirst();
    }

    private Optional<Quota> quota(QuotaRule rule, Optional<String> user, Set<String> groups) {
        boolean holds =
                switch (rule.who()) {
                    case USER -> user.filter(rule.name()::equals).isPresent();
                    case GROUP -> groups.contains(rule.name());
                    case EACH_USER -> user.filter(name -> !hasOwn(name, rule)).isPresent();
                };
        return holds ? Optional.of(quota(rule, user.orElse(""))) : Optional.empty();
    }

    private static Quota quota(QuotaRule rule, String user) {
        boolean group = rule.who() == Who.GROUP;
        return new Quota(
                new CounterName(group, group ? rule.name() : user, rule.period(), rule.direction()),
                rule.bytes().orElse(NO_LIMIT),
                rule.files().orElse(NO_LIMIT));
    }

    private boolean hasOwn(String user, QuotaRule each) {
        return rules.stream()
                .anyMatch(rule -> rule.who() == Who.USER
                        && rule.name().equals(user)
                        && rule.period() == each.period()
                        && rule.direction() == each.direction());
    }
}
