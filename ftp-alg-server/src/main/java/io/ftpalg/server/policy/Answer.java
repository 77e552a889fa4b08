package io.ftpalg.server.policy;

import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.Decision;
import io.ftpalg.rules.Explanation;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is decided on a command, and why.
 *
 * @param lines for people; what a client may have written is not escaped
 * @param allowed whether the command reaches the server
 */
public record Answer(List<String> lines, boolean allowed) {
    public Answer {
        lines = List.copyOf(lines);
    }

    /** Returns the answer of rules, and of what is refused always. */
    public static Answer of(RuleSet rules, Question question) {
        if (CommandFilter.safeSite().filter(question.command(), question.session()) instanceof Verdict.Refuse refuse) {
            return new Answer(List.of("denied always (safe-site): " + text(refuse.reply())), false);
        }
        Explanation explanation = rules.explain(question.command(), question.session(), question.now());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < explanation.steps().size(); i++) {
            lines.add(step(i + 1, explanation.steps().get(i)));
        }
        return decided(lines, explanation.decision(), rules.otherwise());
    }

    private static String step(int number, Explanation.Step step) {
        return number + ". " + step.rule() + ": "
                + step.failing()
                        .map(condition -> "no, not " + condition)
                        .orElseGet(() -> step.conditions().isEmpty()
                                ? "yes, always"
                                : "yes, " + String.join("; ", step.conditions()));
    }

    private static Answer decided(List<String> lines, Decision decision, RuleSet.Default otherwise) {
        if (decision instanceof Decision.Denied denied) {
            lines.add("denied by " + by(denied.rule(), otherwise) + ": " + text(denied.reply()));
            if (!denied.reason().isEmpty()) {
                lines.add("reason: " + denied.reason());
            }
            denied.path().ifPresent(path -> lines.add("path at the server: " + path));
            return new Answer(lines, false);
        }
        if (decision instanceof Decision.Allowed allowed) {
            lines.add("allowed by " + by(allowed.rule(), otherwise));
            allowed.path().ifPresent(path -> lines.add("path at the server: " + path));
            lines.add("sent to the server: " + sent(allowed));
            TransferPermit permit = allowed.allow().permit();
            permit.maxBytes().ifPresent(bytes -> lines.add("at most " + bytes + " bytes"));
            permit.inspections()
                    .ifPresent(some -> lines.add("inspected by: " + String.join(", ", new TreeSet<>(some))));
            if (!allowed.allow().overwrite()) {
                lines.add("if the server has no such file (MDTM)");
            }
            return new Answer(lines, true);
        }
        lines.add("the working directory must be known: the gateway asks the server first (PWD)");
        return new Answer(lines, true);
    }

    private static String by(Optional<Rule> rule, RuleSet.Default otherwise) {
        return rule.map(Rule::toString)
                .orElse(otherwise == RuleSet.Default.ALLOW ? "rules-default allow" : "rules-default deny");
    }

    private static String sent(Decision.Allowed allowed) {
        String argument = allowed.command().argument();
        boolean secret = allowed.command().verb().is(FtpVerb.Trait.SECRET);
        return allowed.command().name() + (argument.isEmpty() ? "" : " " + (secret ? "***" : argument));
    }

    private static String text(FtpReply reply) {
        return reply.code() + " " + reply.text();
    }
}
