package io.ftpalg.rules.path;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A glob. What precedes its first wildcard is compared as text; the rest advances all its positions at once over the text, so that
 * the time is that of the text times the pattern and never more.
 */
final class Glob implements TextPattern {
    static final int LONGEST = 1000;
    /** Tokens of the part with wildcards: a char, or one of these. */
    private static final int ANY = -1;

    private static final int ANY_IN_SEGMENT = -2;
    private static final int ONE_IN_SEGMENT = -3;

    private final String text;
    private final boolean ignoreCase;
    private final String literal;
    private final int[] rest;

    Glob(String pattern, boolean ignoreCase) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("a glob has at most " + LONGEST + " characters");
        }
        this.text = pattern;
        this.ignoreCase = ignoreCase;
        int[] tokens = tokens(fold(Normalizer.normalize(pattern, Normalizer.Form.NFC)));
        int wildcard = 0;
        StringBuilder prefix = new StringBuilder();
        while (wildcard < tokens.length && tokens[wildcard] >= 0) {
            prefix.append((char) tokens[wildcard++]);
        }
        this.literal = prefix.toString();
        this.rest = Arrays.copyOfRange(tokens, wildcard, tokens.length);
    }

    private static int[] tokens(String glob) {
        int[] tokens = new int[glob.length()];
        int count = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                boolean twice = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
                i += twice ? 1 : 0;
                tokens[count++] = twice ? ANY : ANY_IN_SEGMENT;
            } else if (c == '?') {
                tokens[count++] = ONE_IN_SEGMENT;
            } else if (c == '\\') {
                if (++i == glob.length()) {
                    throw new IllegalArgumentException("a glob does not end with a backslash");
                }
                tokens[count++] = glob.charAt(i);
            } else {
                tokens[count++] = c;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    @Override
    public boolean matches(String candidate) {
        String folded = fold(candidate);
        if (!folded.startsWith(literal)) {
            return isTree() && folded.length() == literal.length() - 1 && literal.startsWith(folded);
        }
        if (rest.length == 0) {
            return folded.length() == literal.length();
        }
        return isTree() || matchesRest(folded, literal.length());
    }

    /** Positions that the text so far can be at: before token i of the rest, or at its end. */
    private boolean matchesRest(String folded, int from) {
        boolean[] at = new boolean[rest.length + 1];
        at[0] = true;
        skipStars(at);
        for (int i = from; i < folded.length(); i++) {
            char c = folded.charAt(i);
            boolean[] next = new boolean[rest.length + 1];
            boolean any = false;
            for (int p = 0; p < rest.length; p++) {
                if (at[p] && accepts(rest[p], c)) {
                    next[isStar(rest[p]) ? p : p + 1] = true;
                    any = true;
                }
            }
            if (!any) {
                return false;
            }
            skipStars(next);
            at = next;
        }
        return at[rest.length];
    }

    private void skipStars(boolean[] at) {
        for (int p = 0; p < rest.length; p++) {
            at[p + 1] |= at[p] && isStar(rest[p]);
        }
    }

    private static boolean isStar(int token) {
        return token == ANY || token == ANY_IN_SEGMENT;
    }

    private static boolean accepts(int token, char c) {
        return token == ANY || (token < 0 ? c != '/' : token == c);
    }

    /** Returns whether this is a directory and all that is below it. */
    private boolean isTree() {
        return rest.length == 1 && rest[0] == ANY && literal.endsWith("/");
    }

    @Override
    public boolean coversBelow(String directory) {
        return isTree() && matches(directory);
    }

    @Override
    public boolean mayMatchBelow(String directory) {
        String below = fold(directory.endsWith("/") ? directory : directory + '/');
        return rest.length == 0 || literal.length() >= below.length()
                ? literal.startsWith(below)
                : below.startsWith(literal);
    }

    private String fold(String from) {
        if (!ignoreCase) {
            return from;
        }
        char[] folded = from.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
        }
        return new String(folded);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.ignoreCase == ignoreCase && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
