package io.ftpalg.rules;

import java.util.List;
import java.util.Optional;

/**
 * A decision and how it came about.
 *
 * @param steps the rules in order, up to the one that decided
 * @param decision what was decided
 */
public record Explanation(List<Step> steps, Decision decision) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One rule.
     *
     * @param rule the rule
     * @param conditions its conditions in words
     * @param failing the first of them that does not hold; nothing if all do
     */
    public record Step(Rule rule, List<String> conditions, Optional<String> failing) {}
}
