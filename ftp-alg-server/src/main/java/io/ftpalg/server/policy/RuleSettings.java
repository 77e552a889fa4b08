package io.ftpalg.server.policy;

import io.ftpalg.rules.ReplyRules;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import java.util.List;

/**
 * What clients of a listener may do, and what they see of replies.
 *
 * @param rules the rules in order, those of lists and of a profile included
 * @param otherwise what is decided where none matches
 * @param replies how replies are changed
 */
public record RuleSettings(List<Rule> rules, RuleSet.Default otherwise, ReplyRules replies) {
    /** Clients may do all that their server lets them. */
    public static final RuleSettings NONE = new RuleSettings(List.of(), RuleSet.Default.ALLOW, ReplyRules.NONE);

    public RuleSettings {
        rules = List.copyOf(rules);
    }

    /** Returns whether commands are decided on at all. */
    public boolean decide() {
        return !rules.isEmpty() || otherwise != RuleSet.Default.ALLOW;
    }

    /** Returns the rules, compiled. */
    public RuleSet set() {
        return new RuleSet(rules, otherwise);
    }
}
