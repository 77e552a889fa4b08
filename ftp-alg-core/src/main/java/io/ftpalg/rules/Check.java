package io.ftpalg.rules;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.path.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One condition, ready to be checked.
 *
 * @param text the condition as an explanation shows it
 * @param holds whether it holds
 * @param ofVerb whether it looks at the verb and what it does only
 */
record Check(String text, Predicate<Facts> holds, boolean ofVerb) {

    private Check(String text, Predicate<Facts> holds) {
        this(text, holds, false);
    }

    /** Returns the conditions that do not look at the path, in the order of what they cost. */
    static List<Check> of(Conditions when) {
        List<Check> checks = new ArrayList<>();
        when.tls()
                .ifPresent(tls -> checks.add(new Check(
                        "tls: " + (tls ? "yes" : "no"),
                        facts -> facts.session.tls().isPresent() == tls)));
        if (!when.directions().isEmpty()) {
            Set<Direction> directions = EnumSet.copyOf(when.directions());
            checks.add(
                    new Check("direction: " + words(directions), facts -> directions.contains(facts.direction), true));
        }
        if (!when.verbs().isEmpty()) {
            Set<String> verbs = when.verbs();
            checks.add(new Check("verb: " + words(new TreeSet<>(verbs)), facts -> verbs.contains(facts.verb), true));
        }
        if (!when.proxyUsers().isEmpty()) {
            checks.add(new Check(
                    "gateway-user: " + words(new TreeSet<>(when.proxyUsers())),
                    facts -> facts.session.proxyUser().isPresent()
                            && when.proxyUsers()
                                    .contains(facts.session.proxyUser().get().name())));
        }
        if (!when.groups().isEmpty()) {
            checks.add(new Check(
                    "group: " + words(new TreeSet<>(when.groups())), facts -> isInGroup(facts, when.groups())));
        }
        if (!when.clients().isEmpty()) {
            Networks networks = new Networks(when.clients());
            checks.add(new Check("client: " + words(when.clients()), facts -> networks.contain(facts.client())));
        }
        if (!when.servers().isEmpty()) {
            Networks networks = new Networks(when.servers());
            checks.add(new Check("server: " + words(when.servers()), facts -> {
                Networks.Address server = facts.server();
                return server != null && networks.contain(server);
            }));
        }
        if (!when.users().isEmpty()) {
            checks.add(new Check(
                    "user: " + patterns(when.users()),
                    facts -> facts.session.user().isPresent()
                            && anyMatches(when.users(), facts.session.user().get())));
        }
        when.largerThan()
                .ifPresent(bytes -> checks.add(new Check(
                        "larger-than: " + bytes,
                        facts -> facts.declaredSize().isPresent()
                                && facts.declaredSize().get() > bytes)));
        when.time().ifPresent(window -> checks.add(new Check(text(window), facts -> window.contains(facts.now))));
        when.argument()
                .ifPresent(pattern -> checks.add(
                        new Check("argument: " + pattern.text(), facts -> pattern.matches(facts.argument()))));
        return List.copyOf(checks);
    }

    private static boolean isInGroup(Facts facts, Set<String> groups) {
        ProxyUser user = facts.session.proxyUser().orElse(null);
        return user != null && !Collections.disjoint(user.groups(), groups);
    }

    static boolean anyMatches(List<TextPattern> patterns, String text) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text)) {
                return true;
            }
        }
        return false;
    }

    private static String text(TimeWindow window) {
        String days = window.days().isEmpty()
                ? ""
                : window.days().stream()
                                .sorted()
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(","))
                        + " ";
        return "time: " + days + window.from() + "-" + window.to() + " " + window.zone();
    }

    static String patterns(List<TextPattern> patterns) {
        return patterns.stream().map(TextPattern::text).collect(Collectors.joining(", "));
    }

    private static String words(Collection<?> all) {
        return all.stream()
                .map(value -> value instanceof Direction direction
                        ? direction.name().toLowerCase(Locale.ROOT)
                        : value.toString())
                .collect(Collectors.joining(", "));
    }

    /** Returns whether commands of this verb can meet the conditions of verb and direction. */
    static boolean mayConcern(Conditions when, FtpVerb verb) {
        boolean named = when.verbs().isEmpty()
                || (verb == FtpVerb.OTHER
                        ? when.verbs().stream().anyMatch(name -> FtpVerb.of(name) == FtpVerb.OTHER)
                        : when.verbs().contains(verb.standard().name()));
        return named && (when.directions().isEmpty() || !Collections.disjoint(when.directions(), Direction.of(verb)));
    }

    /** Returns whether all commands of this verb meet the conditions of verb and direction. */
    static boolean allConcerned(Conditions when, FtpVerb verb) {
        return mayConcern(when, verb)
                && (when.verbs().isEmpty() || verb != FtpVerb.OTHER)
                && (when.directions().isEmpty() || when.directions().containsAll(Direction.of(verb)));
    }
}
