package io.ftpalg.server.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ftpalg.rules.path.TextPattern;
import java.util.Objects;
import java.util.regex.Matcher;

/**
 * A regular expression of RE2: without back references and look-around, so that the time is linear in the text, whatever the client
 * sends. Immutable; used by all event loops.
 */
public final class RegexPattern implements TextPattern {
    /** Most characters of an expression. */
    public static final int LONGEST = 1000;
    /** Most instructions that one is compiled to: each may be looked at for each character of a text. */
    static final int MOST_INSTRUCTIONS = 2000;

    /** Most repetitions that counts such as {@code {2,100}} multiply to, since each is compiled to a copy. */
    static final long MOST_REPETITIONS = 1000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private final String text;
    private final Pattern pattern;
    private final boolean whole;

    private RegexPattern(String text, String expression, boolean whole) {
        this.text = text;
        this.whole = whole;
        this.pattern = compile(expression);
    }

    /**
     * Returns the pattern that a whole text must match, shown as {@code text}.
     *
     * @throws IllegalArgumentException if it is no expression, or too large a one
     */
    static RegexPattern whole(String text, String expression) {
        return new RegexPattern(text, expression, true);
    }

    /**
     * Returns the pattern that some part of a text must match.
     *
     * @throws IllegalArgumentException as {@link #whole}
     */
    static RegexPattern part(String expression) {
        return new RegexPattern("/" + expression + "/", expression, false);
    }

    private static Pattern compile(String expression) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException("a regular expression has at most " + LONGEST + " characters");
        }
        if (repetitions(expression) > MOST_REPETITIONS) {
            throw new IllegalArgumentException(
                    "the counts of a regular expression multiply to " + MOST_REPETITIONS + " at most");
        }
        try {
            Pattern compiled = Pattern.compile(expression);
            if (compiled.programSize() > MOST_INSTRUCTIONS) {
                throw new IllegalArgumentException("the regular expression is too large: write a shorter one");
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression of RE2: " + e.getDescription() + " at '" + e.getPattern() + "'", e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the regular expression is nested too deeply", e);
        }
    }

    private static long repetitions(String expression) {
        long all = 1;
        Matcher counts = COUNT.matcher(expression);
        while (counts.find() && all <= MOST_REPETITIONS) {
            String most = counts.group(2);
            all *= Math.max(1, Long.parseLong(most == null || most.isEmpty() ? counts.group(1) : most));
        }
        return all;
    }

    @Override
    public boolean matches(String candidate) {
        return whole ? pattern.matches(candidate) : pattern.matcher(candidate).find();
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegexPattern regex && regex.whole == whole && regex.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, whole);
    }

    @Override
    public String toString() {
        return text;
    }
}
