package io.ftpalg.server.policy;

import io.ftpalg.protocol.Replies;
import io.ftpalg.rules.Action;
import io.ftpalg.rules.Conditions;
import io.ftpalg.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The commands that clients may send, as SUSE's {@code ValidCommands} has them: names, divided by commas or white space, each with an
 * extended regular expression of its argument behind {@code =} or without one; in an expression {@code %20} is the character of that
 * number. An expression matches any part of the argument, as there. QUIT is always allowed. Stateless.
 */
public final class ValidCommands {
    private static final String NAME = "valid-commands";
    private static final int LONGEST = 20_000;

    private ValidCommands() {}

    /**
     * Returns the rules of a list: a command that it does not have gets 502, an argument that does not match 501.
     *
     * @throws IllegalArgumentException if it is no such list
     */
    public static List<Rule> rules(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("expected at most " + LONGEST + " characters");
        }
        Set<String> plain = new LinkedHashSet<>(List.of("QUIT"));
        Set<String> withPattern = new LinkedHashSet<>();
        List<Rule> rules = new ArrayList<>();
        for (String item : text.strip().split("[\\s,]+", -1)) {
            int equals = item.indexOf('=');
            String verb = RuleText.verb(equals < 0 ? item : item.substring(0, equals));
            if (equals < 0) {
                plain.add(verb);
            } else {
                withPattern.add(verb);
                rules.add(rule(
                        Conditions.NONE.verbs(verb).argument(RegexPattern.part(decoded(item.substring(equals + 1)))),
                        Action.Allow.ANY));
            }
        }
        rules.add(0, rule(Conditions.NONE.verbs(plain.toArray(String[]::new)), Action.Allow.ANY));
        withPattern.removeAll(plain);
        if (!withPattern.isEmpty()) {
            rules.add(rule(
                    Conditions.NONE.verbs(withPattern.toArray(String[]::new)),
                    new Action.Deny(Optional.of(Replies.BAD_ARGUMENT))));
        }
        rules.add(rule(Conditions.NONE, new Action.Deny(Optional.of(Replies.NOT_ALLOWED))));
        return rules;
    }

    private static Rule rule(Conditions when, Action action) {
        return new Rule(NAME, NAME, when, action);
    }

    private static String decoded(String expression) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '%' && expression.substring(i + 1).matches("(?s)[0-9A-Fa-f]{2}.*")) {
                byte[] one = {(byte) Integer.parseInt(expression, i + 1, i + 3, 16)};
                decoded.append(new String(one, StandardCharsets.ISO_8859_1));
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }
}
