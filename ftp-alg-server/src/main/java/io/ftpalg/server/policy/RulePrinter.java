package io.ftpalg.server.policy;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.Rule;
import io.ftpalg.rules.TimeWindow;
import io.ftpalg.rules.path.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints rules as a config file has them. Stateless. */
public final class RulePrinter {
    private RulePrinter() {}

    /** Returns the lines of a list of rules. */
    public static List<String> lines(List<Rule> rules) {
        List<String> lines = new ArrayList<>();
        lines.add("rules:");
        rules.forEach(rule -> lines.add("  - {" + String.join(", ", parts(rule)) + "}"));
        return lines;
    }

    private static List<String> parts(Rule rule) {
        List<String> parts = new ArrayList<>();
        parts.add("name: " + quoted(rule.name()));
        if (rule.action() instanceof Action.Allow allow) {
            parts.add("action: allow");
            allow.permit().maxBytes().ifPresent(bytes -> parts.add("max-size: " + bytes));
            allow.permit().inspections().ifPresent(some -> add(parts, "inspect", sorted(some)));
            if (!allow.overwrite()) {
                parts.add("overwrite: false");
            }
        } else if (rule.action() instanceof Action.Deny deny) {
            parts.add("action: deny");
            deny.reply().ifPresent(reply -> parts.add("reply: " + quoted(text(reply))));
        } else if (rule.action() instanceof Action.Jail jail) {
            parts.add("action: jail");
            parts.add("root: " + quoted(jail.root()));
        }
        conditions(parts, rule.when());
        return parts;
    }

    private static void conditions(List<String> parts, Conditions when) {
        add(parts, "client", when.clients());
        add(parts, "gateway-user", sorted(when.proxyUsers()));
        add(parts, "group", sorted(when.groups()));
        add(parts, "user", texts(when.users()));
        add(parts, "server", when.servers());
        add(
                parts,
                "direction",
                when.directions().stream()
                        .sorted()
                        .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                        .toList());
        add(parts, "verb", sorted(when.verbs()));
        when.argument().ifPresent(pattern -> parts.add("argument: " + quoted(pattern.text())));
        add(parts, "path", texts(when.paths()));
        add(parts, "file", texts(when.names()));
        when.largerThan().ifPresent(bytes -> parts.add("larger-than: " + bytes));
        when.tls().ifPresent(tls -> parts.add("tls: " + tls));
        when.time().ifPresent(time -> parts.add("time: " + quoted(text(time))));
    }

    private static List<String> sorted(Collection<String> all) {
        return all.stream().sorted().toList();
    }

    private static List<String> texts(List<TextPattern> patterns) {
        return patterns.stream().map(TextPattern::text).toList();
    }

    private static void add(List<String> parts, String name, List<?> values) {
        if (values.size() == 1) {
            parts.add(name + ": " + quoted(values.get(0).toString()));
        } else if (!values.isEmpty()) {
            parts.add(name + ": "
                    + values.stream()
                            .map(value -> quoted(value.toString()))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private static String text(FtpReply reply) {
        return reply.code() + " " + reply.text();
    }

    private static String text(TimeWindow time) {
        String days = time.days().stream().sorted().map(RuleText::name).collect(Collectors.joining(","));
        return (days.isEmpty() ? "" : days + ' ') + time.from() + '-' + time.to() + ' ' + time.zone();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9-]*") ? text : '\'' + text.replace("'", "''") + '\'';
    }
}
