package io.ftpalg.rules;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.path.TextPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rules that can never match: an earlier one has the same conditions or broader ones, or their own contradict. What it does not
 * find may still never match. Stateless.
 */
public final class ShadowedRules {

    /**
     * A rule that can never match.
     *
     * @param rule the rule
     * @param by the earlier rule that always decides before; nothing if its own conditions contradict
     */
    public record Shadowed(Rule rule, Optional<Rule> by) {}

    private ShadowedRules() {}

    /** Returns those of the rules, in order. */
    public static List<Shadowed> of(List<Rule> rules) {
        List<Shadowed> found = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (contradicts(rule.when())) {
                found.add(new Shadowed(rule, Optional.empty()));
                continue;
            }
            rules.subList(0, i).stream()
                    .filter(earlier -> earlier.action() instanceof Action.Jail == rule.action() instanceof Action.Jail)
                    .filter(earlier -> covers(earlier, rule))
                    .findFirst()
                    .ifPresent(earlier -> found.add(new Shadowed(rule, Optional.of(earlier))));
        }
        return found;
    }

    private static boolean contradicts(Conditions when) {
        return !when.verbs().isEmpty()
                && !when.directions().isEmpty()
                && when.verbs().stream()
                        .allMatch(verb -> Collections.disjoint(when.directions(), Direction.of(FtpVerb.of(verb))));
    }

    private static boolean covers(Rule earlier, Rule later) {
        Conditions wide = earlier.when();
        Conditions narrow = later.when();
        return (wide.clients().isEmpty() || coversNetworks(wide.clients(), narrow.clients()))
                && (wide.servers().isEmpty() || coversNetworks(wide.servers(), narrow.servers()))
                && coversSet(wide.proxyUsers(), narrow.proxyUsers())
                && coversSet(wide.groups(), narrow.groups())
                && coversPatterns(wide.users(), narrow.users())
                && coversSet(wide.directions(), directionsOf(narrow))
                && coversSet(wide.verbs(), narrow.verbs())
                && coversOptional(wide.argument(), narrow.argument())
                && coversPatterns(wide.paths(), narrow.paths())
                && coversPatterns(wide.names(), narrow.names())
                && (wide.largerThan().isEmpty()
                        || narrow.largerThan().isPresent()
                                && narrow.largerThan().get()
                                        >= wide.largerThan().get())
                && coversOptional(wide.tls(), narrow.tls())
                && coversOptional(wide.time(), narrow.time());
    }

    /** A rule of verbs without directions has those of its verbs. */
    private static Set<Direction> directionsOf(Conditions when) {
        if (!when.directions().isEmpty() || when.verbs().isEmpty()) {
            return when.directions();
        }
        Set<Direction> all = new HashSet<>();
        when.verbs().forEach(verb -> all.addAll(Direction.of(FtpVerb.of(verb))));
        return all;
    }

    private static <T> boolean coversSet(Set<T> wide, Set<T> narrow) {
        return wide.isEmpty() || !narrow.isEmpty() && wide.containsAll(narrow);
    }

    private static <T> boolean coversOptional(Optional<T> wide, Optional<T> narrow) {
        return wide.isEmpty() || wide.equals(narrow);
    }

    private static boolean coversNetworks(List<Cidr> wide, List<Cidr> narrow) {
        return !narrow.isEmpty()
                && narrow.stream().allMatch(one -> wide.stream()
                        .anyMatch(all -> all.bits() <= one.bits() && all.contains(one.network())));
    }

    /** Equal patterns, one that has no wildcard itself, or a directory in a directory. */
    private static boolean coversPatterns(List<TextPattern> wide, List<TextPattern> narrow) {
        if (wide.isEmpty()) {
            return true;
        }
        return !narrow.isEmpty()
                && narrow.stream().allMatch(one -> wide.stream().anyMatch(all -> all.equals(one) || covers(all, one)));
    }

    private static boolean covers(TextPattern wide, TextPattern narrow) {
        String text = narrow.text();
        if (text.chars().noneMatch(c -> "*?\\[(+|^$".indexOf(c) >= 0)) {
            return wide.matches(text);
        }
        return text.endsWith("/**")
                && text.indexOf('*') == text.length() - 2
                && wide.coversBelow(text.substring(0, text.length() - 3));
    }
}
