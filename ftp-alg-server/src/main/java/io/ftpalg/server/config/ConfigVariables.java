package io.ftpalg.server.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} in values by variables of the environment. */
final class ConfigVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

    private final Function<String, Optional<String>> environment;

    ConfigVariables(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Returns the text with its variables replaced, or nothing after a problem. */
    Optional<String> replace(String text, ConfigPlace at, ConfigProblems problems) {
        StringBuilder out = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1);
            if (name == null) {
                problems.add(at, "'" + text + "' has a ${ that is not a variable: write ${NAME} or ${NAME:-default}");
                return Optional.empty();
            }
            Optional<String> value = environment
                    .apply(name)
                    .filter(found -> !found.isEmpty())
                    .or(() -> Optional.ofNullable(variable.group(2)));
            if (value.isEmpty()) {
                problems.add(
                        at, "variable " + name + " is not set: set it, or give a default, ${" + name + ":-default}");
                return Optional.empty();
            }
            variable.appendReplacement(out, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(variable.appendTail(out).toString());
    }
}
