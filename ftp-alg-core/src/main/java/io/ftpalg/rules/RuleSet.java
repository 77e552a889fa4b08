package io.ftpalg.rules;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.rules.path.NamedPath;
import io.ftpalg.rules.path.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules in order: the first whose conditions hold decides, and the default where none does. The first jail that a session meets is in
 * force for all of its commands. Immutable, used by all event loops; compiled once, found by verb.
 */
public final class RuleSet {

    /** What is decided on commands that no rule matches. */
    public enum Default {
        /** They are handled. */
        ALLOW,
        /** They are refused, except {@link Direction#CONTROL}: a session can log in and move, and do nothing. */
        DENY
    }

    private final List<Rule> rules;
    private final Default otherwise;
    private final List<CompiledRule> compiled;
    private final List<CompiledRule> jails;
    private final Map<FtpVerb, List<CompiledRule>> byVerb = new EnumMap<>(FtpVerb.class);

    /** Makes the set. */
    public RuleSet(List<Rule> rules, Default otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
        this.compiled = rules.stream().map(CompiledRule::new).toList();
        this.jails = compiled.stream().filter(RuleSet::isJail).toList();
        for (FtpVerb verb : FtpVerb.values()) {
            byVerb.put(
                    verb,
                    compiled.stream()
                            .filter(rule -> !isJail(rule)
                                    && Check.mayConcern(rule.rule().when(), verb))
                            .map(rule -> rule.ofVerb(verb))
                            .toList());
        }
    }

    private static boolean isJail(CompiledRule rule) {
        return rule.rule().action() instanceof Action.Jail;
    }

    /** Returns whether a rule limits what the transfers move that it allows, or chooses what inspects them. */
    public boolean limitsTransfers() {
        return rules.stream()
                .anyMatch(rule -> rule.action() instanceof Action.Allow allow
                        && !allow.permit().equals(TransferPermit.ANY));
    }

    /** Returns the rules, in order. */
    public List<Rule> rules() {
        return rules;
    }

    /** Returns what is decided where no rule matches. */
    public Default otherwise() {
        return otherwise;
    }

    /** Returns what is decided on a command. */
    public Decision decide(FtpCommand command, FilterContext session, Instant now) {
        Optional<CompiledRule> jail = jailOf(session, now);
        Optional<JailView> view =
                jail.flatMap(rule -> JailView.of((Action.Jail) rule.rule().action(), session));
        Facts facts = new Facts(command, session, now, view);
        if (jail.isPresent() && view.isEmpty() && namesPath(facts)) {
            return denied(jail.get().rule(), DefaultReplies.PATH_UNKNOWN, facts, "no directory has this user's name");
        }
        List<CompiledRule> concerned = byVerb.getOrDefault(command.verb(), List.of());
        for (int i = 0; i < concerned.size(); i++) {
            CompiledRule rule = concerned.get(i);
            PathCheck.Result result = rule.check(facts);
            if (result != PathCheck.Result.DOES_NOT_HOLD) {
                return decided(rule.rule(), result, facts, view);
            }
        }
        if (otherwise == Default.DENY && facts.direction != Direction.CONTROL) {
            return new Decision.Denied(
                    Optional.empty(), DefaultReplies.of(command, Conditions.NONE), pathOf(facts), "the default");
        }
        return allowed(Optional.empty(), Action.Allow.ANY, facts, view);
    }

    private Optional<CompiledRule> jailOf(FilterContext session, Instant now) {
        if (jails.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = new Facts(FtpCommand.of(FtpVerb.NOOP), session, now, Optional.empty());
        return jails.stream()
                .filter(rule -> rule.check(facts) == PathCheck.Result.HOLDS)
                .findFirst();
    }

    /** Returns the view of the jail that is in force, if one is. */
    Optional<JailView> jail(FilterContext session, Instant now) {
        return jailOf(session, now)
                .flatMap(rule -> JailView.of((Action.Jail) rule.rule().action(), session));
    }

    private static boolean namesPath(Facts facts) {
        return facts.named().path().isPresent() || facts.named().unreadable().isPresent();
    }

    private static Decision decided(Rule rule, PathCheck.Result result, Facts facts, Optional<JailView> view) {
        return switch (result) {
            case NEEDS_DIRECTORY -> new Decision.NeedsDirectory(Optional.of(rule));
            case UNRESOLVABLE -> denied(rule, DefaultReplies.PATH_UNKNOWN, facts, unresolvable(facts));
            default ->
                rule.action() instanceof Action.Deny deny
                        ? denied(
                                rule,
                                deny.reply().orElseGet(() -> DefaultReplies.of(facts.command, rule.when())),
                                facts,
                                "")
                        : allowed(Optional.of(rule), (Action.Allow) rule.action(), facts, view);
        };
    }

    private static String unresolvable(Facts facts) {
        return facts.pathForName() instanceof Resolution.Unresolvable path ? path.reason() : "";
    }

    private static Decision denied(Rule rule, FtpReply reply, Facts facts, String reason) {
        return new Decision.Denied(Optional.of(rule), reply, pathOf(facts), reason);
    }

    private static Optional<String> pathOf(Facts facts) {
        boolean named = facts.named().path().filter(path -> !path.isImplicit()).isPresent();
        return named && facts.path() instanceof Resolution.Path path ? Optional.of(path.sent()) : Optional.empty();
    }

    private static Decision allowed(Optional<Rule> rule, Action.Allow allow, Facts facts, Optional<JailView> view) {
        Optional<Long> maxSize = allow.permit().maxBytes();
        if (maxSize.isPresent()
                && facts.declaredSize().isPresent()
                && facts.declaredSize().get() > maxSize.get()) {
            return new Decision.Denied(rule, DefaultReplies.TOO_LARGE, Optional.empty(), "larger than max-size");
        }
        boolean asksForFile = !allow.overwrite() && facts.direction == Direction.UPLOAD;
        if (view.isEmpty() && !facts.isResolved() && !asksForFile || !namesPath(facts)) {
            return new Decision.Allowed(rule, facts.command, Optional.empty(), allow);
        }
        Resolution resolution = facts.path();
        if (resolution instanceof Resolution.NoDirectory) {
            return new Decision.NeedsDirectory(rule);
        }
        if (!(resolution instanceof Resolution.Path path)) {
            return new Decision.Denied(rule, DefaultReplies.PATH_UNKNOWN, Optional.empty(), unresolvable(facts));
        }
        NamedPath named = facts.named().path().orElseThrow();
        if (named.isImplicit()) {
            return implicit(rule, allow, facts, view, named, path);
        }
        FtpCommand sent =
                view.isPresent() || path.resolved() ? rewritten(facts.command, named, path.sent()) : facts.command;
        return new Decision.Allowed(rule, sent, Optional.of(path.sent()), allow);
    }

    /** A command for the working directory: outside of the jail, it is sent with the path of the jail. */
    private static Decision implicit(
            Optional<Rule> rule,
            Action.Allow allow,
            Facts facts,
            Optional<JailView> view,
            NamedPath named,
            Resolution.Path path) {
        boolean outside = view.isPresent()
                && facts.session.directory().flatMap(view.get()::toClient).isEmpty();
        if (outside && facts.command.verb() == FtpVerb.STOU) {
            return new Decision.Denied(rule, DefaultReplies.IN_JAIL_ONLY, Optional.empty(), "outside of the jail");
        }
        FtpCommand sent = outside ? named.in(facts.command, path.sent()) : facts.command;
        return new Decision.Allowed(rule, sent, Optional.empty(), allow);
    }

    /** What was decided on is what is sent: a symbolic link before a {@code ..} could lead elsewhere. */
    private static FtpCommand rewritten(FtpCommand command, NamedPath named, String path) {
        return command.verb().standard() == FtpVerb.CDUP ? FtpCommand.of(FtpVerb.CWD, path) : named.in(command, path);
    }

    /** Returns what is decided, and why: each rule up to the one that decides. */
    public Explanation explain(FtpCommand command, FilterContext session, Instant now) {
        Decision decision = decide(command, session, now);
        Facts facts = new Facts(command, session, now, jail(session, now));
        List<Explanation.Step> steps = new ArrayList<>();
        for (CompiledRule rule : compiled) {
            boolean decides = decision.rule().filter(rule.rule()::equals).isPresent();
            steps.add(new Explanation.Step(rule.rule(), rule.conditions(), rule.failing(facts)));
            if (decides) {
                break;
            }
        }
        return new Explanation(steps, decision);
    }
}
