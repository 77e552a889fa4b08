package io.ftpalg.rules;

import io.ftpalg.protocol.FtpVerb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A rule whose conditions are ready to be checked, those that cost little first. Immutable. */
final class CompiledRule {
    private final Rule rule;
    private final Check[] checks;
    private final PathCheck path;

    CompiledRule(Rule rule) {
        this(
                rule,
                Check.of(rule.when()).toArray(Check[]::new),
                new PathCheck(rule.when(), rule.action() instanceof Action.Deny));
    }

    private CompiledRule(Rule rule, Check[] checks, PathCheck path) {
        this.rule = rule;
        this.checks = checks;
        this.path = path;
    }

    /** Returns the same for commands of this verb only, without what the verb alone decides. */
    CompiledRule ofVerb(FtpVerb verb) {
        return Check.allConcerned(rule.when(), verb)
                ? new CompiledRule(
                        rule,
                        Arrays.stream(checks).filter(check -> !check.ofVerb()).toArray(Check[]::new),
                        path)
                : this;
    }

    Rule rule() {
        return rule;
    }

    PathCheck.Result check(Facts facts) {
        for (Check check : checks) {
            if (!check.holds().test(facts)) {
                return PathCheck.Result.DOES_NOT_HOLD;
            }
        }
        return path.check(facts);
    }

    /** Returns the first condition that does not hold, in words. */
    Optional<String> failing(Facts facts) {
        for (Check check : checks) {
            if (!check.holds().test(facts)) {
                return Optional.of(check.text());
            }
        }
        return path.check(facts) == PathCheck.Result.DOES_NOT_HOLD ? Optional.of(pathText()) : Optional.empty();
    }

    /** Returns the conditions in words. */
    List<String> conditions() {
        List<String> all = new ArrayList<>();
        for (Check check : checks) {
            all.add(check.text());
        }
        if (rule.when().needPath()) {
            all.add(pathText());
        }
        return all;
    }

    private String pathText() {
        Conditions when = rule.when();
        String paths = when.paths().isEmpty() ? "" : "path: " + Check.patterns(when.paths());
        String names = when.names().isEmpty() ? "" : "file: " + Check.patterns(when.names());
        return paths + (paths.isEmpty() || names.isEmpty() ? "" : "; ") + names;
    }
}
