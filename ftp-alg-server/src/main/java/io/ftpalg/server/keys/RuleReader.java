package io.ftpalg.server.keys;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.ReplyRules;
import io.ftpalg.rules.Rule;
import io.ftpalg.server.inspect.InspectionKind;
import io.ftpalg.server.inspect.InspectionSettings;
import io.ftpalg.server.keys.RuleKeys.RuleAction;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.policy.Profile;
import io.ftpalg.server.policy.RuleSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes rules of what listeners and lists of rules give. Used by one thread, for one program. */
final class RuleReader {
    /** Most rules of a listener, with its lists. */
    static final int MOST = 1000;

    private final Map<String, List<Rule>> lists = new LinkedHashMap<>();

    /** Makes the reader of a program with its lists. */
    RuleReader(Given program) {
        if (!program.offers(RuleKeys.RULE_LISTS)) {
            return;
        }
        for (Given list : program.sections(RuleKeys.RULE_LISTS)) {
            list.one(RuleKeys.LIST_NAME).ifPresent(name -> {
                List<Rule> rules = rules(list.sections(RuleKeys.LIST_RULES), name);
                if (lists.put(name, rules) != null) {
                    list.problem(
                            "there is a list '" + name + "' already: give this one another name", RuleKeys.LIST_NAME);
                }
            });
        }
    }

    /** Returns the rules of a listener. */
    RuleSettings read(Given listener) {
        if (!listener.offers(RuleKeys.RULES)) {
            return RuleSettings.NONE;
        }
        checkUsers(listener);
        List<Rule> rules = new ArrayList<>(rules(listener.sections(RuleKeys.RULES), "rule"));
        if (listener.has(RuleKeys.PROFILE) && listener.has(RuleKeys.VALID_COMMANDS)) {
            listener.problem(
                    "profile and valid-commands exclude each other, since the first of them decides on all commands: leave one out",
                    RuleKeys.PROFILE);
        }
        listener.one(RuleKeys.VALID_COMMANDS).ifPresent(rules::addAll);
        listener.one(RuleKeys.PROFILE).map(Profile::rules).ifPresent(rules::addAll);
        if (rules.size() > MOST) {
            listener.problem(
                    "the listener has " + rules.size() + " rules, and " + MOST
                            + " are the most: write several values into one rule",
                    RuleKeys.RULES);
        }
        return new RuleSettings(rules, listener.get(RuleKeys.RULES_DEFAULT), replies(listener));
    }

    /** Without users of the gateway nobody has its name or group. */
    private void checkUsers(Given listener) {
        if (LoginReader.hasUsers(listener.section(LoginKeys.LOGIN))) {
            return;
        }
        for (Given rule : listener.sections(RuleKeys.RULES)) {
            if (rule.offers(RuleKeys.LIST)) {
                checkUsers(rule, rule.one(RuleKeys.LIST).map(lists::get).orElse(List.of()));
            }
            for (Key<?> key : List.of(RuleKeys.GROUP, RuleKeys.GATEWAY_USER)) {
                if (rule.has(key)) {
                    rule.problem(key.name() + " needs users of the gateway: give login.users-file or login.ldap", key);
                }
            }
        }
    }

    private static void checkUsers(Given rule, List<Rule> list) {
        list.stream()
                .filter(one -> !one.when().groups().isEmpty()
                        || !one.when().proxyUsers().isEmpty())
                .findFirst()
                .ifPresent(one -> rule.problem(
                        "rule " + one + " of the list needs users of the gateway: give login.users-file or login.ldap",
                        RuleKeys.LIST));
    }

    private List<Rule> rules(List<? extends Given> given, String prefix) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            Given rule = given.get(i);
            String name = rule.one(RuleKeys.NAME).orElse(prefix + '-' + (i + 1));
            if (rule.offers(RuleKeys.LIST) && rule.has(RuleKeys.LIST)) {
                rules.addAll(list(rule));
            } else if (!names.add(name)) {
                rule.problem("there is a rule '" + name + "' already: give this one another name", RuleKeys.NAME);
            } else {
                rule(rule, name).ifPresent(rules::add);
            }
        }
        return rules;
    }

    private List<Rule> list(Given rule) {
        for (Entry entry : RuleKeys.LIST_RULES.entries()) {
            if (rule.has(entry)) {
                rule.problem(
                        "list stands for the rules of a list: give " + entry.name()
                                + " in these, or in a rule of its own",
                        entry);
            }
        }
        Optional<String> name = rule.one(RuleKeys.LIST);
        if (name.isPresent() && !lists.containsKey(name.get())) {
            rule.problem("there is no list '" + name.get() + "': add it to rule-lists", RuleKeys.LIST);
        }
        return name.map(lists::get).orElse(List.of());
    }

    private static Optional<Rule> rule(Given rule, String name) {
        if (!rule.has(RuleKeys.ACTION)) {
            rule.problem("the rule has no action: add allow, deny or jail");
        }
        Optional<RuleAction> action = rule.one(RuleKeys.ACTION);
        if (action.isEmpty()) {
            return Optional.empty();
        }
        return action(rule, action.get())
                .flatMap(made ->
                        rule.whole(() -> new Rule(name, rule.place(), conditions(rule), made), RuleKeys.ACTION));
    }

    private static Optional<Action> action(Given rule, RuleAction action) {
        only(rule, action, RuleAction.DENY, RuleKeys.REPLY);
        only(rule, action, RuleAction.JAIL, RuleKeys.ROOT);
        only(rule, action, RuleAction.ALLOW, RuleKeys.MAX_SIZE);
        only(rule, action, RuleAction.ALLOW, RuleKeys.OVERWRITE);
        only(rule, action, RuleAction.ALLOW, RuleKeys.INSPECT);
        return switch (action) {
            case ALLOW ->
                Optional.of(new Action.Allow(
                        new TransferPermit(rule.one(RuleKeys.MAX_SIZE), inspections(rule)),
                        rule.one(RuleKeys.OVERWRITE).orElse(true)));
            case DENY -> Optional.of(new Action.Deny(rule.one(RuleKeys.REPLY)));
            case JAIL -> {
                if (!rule.has(RuleKeys.ROOT)) {
                    rule.problem("jail needs root, the directory at the server: add it", RuleKeys.ACTION);
                }
                yield rule.one(RuleKeys.ROOT).map(Action.Jail::new);
            }
        };
    }

    private static Optional<Set<String>> inspections(Given rule) {
        List<InspectionKind> kinds = rule.all(RuleKeys.INSPECT);
        if (kinds.contains(InspectionKind.NONE) && kinds.size() > 1) {
            rule.problem("none excludes all others: leave it out, or them", RuleKeys.INSPECT);
        }
        return rule.has(RuleKeys.INSPECT)
                ? Optional.of(kinds.stream().map(InspectionKind::word).collect(Collectors.toUnmodifiableSet()))
                : Optional.empty();
    }

    /** Reports rules that choose what the listener's inspection does not have. */
    static void checkInspections(Given listener, RuleSettings rules, Optional<InspectionSettings> inspection) {
        Set<String> words = inspection.map(InspectionSettings::kinds).orElse(Set.of()).stream()
                .map(InspectionKind::word)
                .collect(Collectors.toUnmodifiableSet());
        for (Rule rule : rules.rules()) {
            if (rule.action() instanceof Action.Allow allow) {
                allow.permit().inspections().orElse(Set.of()).stream()
                        .filter(word -> !words.contains(word))
                        .sorted()
                        .findFirst()
                        .ifPresent(word -> listener.problem(
                                "rule " + rule + " has inspect: " + word
                                        + ", which inspection of the listener does not: "
                                        + "add it there, or leave it out",
                                RuleKeys.RULES));
            }
        }
    }

    private static void only(Given rule, RuleAction action, RuleAction needed, Key<?> key) {
        if (action != needed && rule.has(key)) {
            rule.problem(
                    key.name() + " is for action " + needed.name().toLowerCase(Locale.ROOT) + ": leave it out", key);
        }
    }

    private static Conditions conditions(Given rule) {
        return new Conditions(
                rule.all(RuleKeys.CLIENT),
                rule.all(RuleKeys.SERVER),
                Set.copyOf(rule.all(RuleKeys.GATEWAY_USER)),
                Set.copyOf(rule.all(RuleKeys.GROUP)),
                rule.all(RuleKeys.USER),
                Set.copyOf(rule.all(RuleKeys.DIRECTION)),
                Set.copyOf(rule.all(RuleKeys.VERB)),
                rule.one(RuleKeys.ARGUMENT),
                rule.all(RuleKeys.PATH),
                rule.all(RuleKeys.FILE),
                rule.one(RuleKeys.LARGER_THAN),
                rule.one(RuleKeys.TLS),
                rule.one(RuleKeys.TIME));
    }

    private static ReplyRules replies(Given listener) {
        Given replies = listener.section(RuleKeys.REPLIES);
        Map<Integer, Integer> replaced = new HashMap<>();
        for (Given one : replies.sections(RuleKeys.REPLACE)) {
            one.one(RuleKeys.CODE).ifPresent(code -> one.one(RuleKeys.WITH).ifPresent(with -> {
                if (replaced.put(code, with) != null) {
                    one.problem("there is one for " + code + " already: leave one out", RuleKeys.CODE);
                }
            }));
        }
        return replies.whole(
                        () -> new ReplyRules(
                                replies.one(RuleKeys.BANNER),
                                replies.one(RuleKeys.SYSTEM),
                                Set.copyOf(replies.all(RuleKeys.HIDE_FEATURES)),
                                Set.copyOf(replies.all(RuleKeys.MASK)),
                                replaced),
                        RuleKeys.MASK)
                .orElse(ReplyRules.NONE);
    }
}
