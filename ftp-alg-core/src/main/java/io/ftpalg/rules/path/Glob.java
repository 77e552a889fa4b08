package io.ftpalg.rules.path;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A glob. What precedes its first wildcard, and what is behind its last star, is compared as text; the rest advances all its positions
 * at once over the text, so that the time is that of the text times the pattern and never more. Makes no copy of the text.
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
    /** Whether this is a directory and all that is below it. */
    private final boolean tree;

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
        this.tree = rest.length == 1 && rest[0] == ANY && literal.endsWith("/");
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
        if (!startsWith(candidate, literal.length())) {
            return tree && candidate.length() == literal.length() - 1 && startsWith(candidate, candidate.length());
        }
        if (rest.length == 0) {
            return candidate.length() == literal.length();
        }
        return tree || endsAsRest(candidate) && matchesRest(candidate, literal.length());
    }

    /** Returns whether the candidate begins with so many characters of the literal. */
    private boolean startsWith(String candidate, int count) {
        if (candidate.length() < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (fold(candidate.charAt(i)) != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the end is what is behind the last star: most names differ there, from {@code *.exe} for example. */
    private boolean endsAsRest(String candidate) {
        int i = candidate.length() - 1;
        for (int p = rest.length - 1; p >= 0 && !isStar(rest[p]); p--, i--) {
            if (i < literal.length() || !accepts(rest[p], fold(candidate.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The bits of positions that the text so far can be at: before token i of the rest, or at its end. */
    private boolean matchesRest(String candidate, int from) {
        long[] at = new long[rest.length / Long.SIZE + 1];
        long[] next = new long[at.length];
        add(at, 0);
        for (int i = from; i < candidate.length(); i++) {
            char c = fold(candidate.charAt(i));
            Arrays.fill(next, 0);
            boolean any = false;
            for (int word = 0; word < at.length; word++) {
                for (long bits = at[word]; bits != 0; bits &= bits - 1) {
                    int p = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                    if (p < rest.length && accepts(rest[p], c)) {
                        add(next, isStar(rest[p]) ? p : p + 1);
                        any = true;
                    }
                }
            }
            if (!any) {
                return false;
            }
            long[] before = at;
            at = next;
            next = before;
        }
        return (at[rest.length / Long.SIZE] >>> rest.length & 1) != 0;
    }

    /** Adds a position, and those behind the stars that follow it, which may match nothing. */
    private void add(long[] positions, int position) {
        int p = position;
        positions[p / Long.SIZE] |= 1L << p;
        while (p < rest.length && isStar(rest[p])) {
            p++;
            positions[p / Long.SIZE] |= 1L << p;
        }
    }

    private static boolean isStar(int token) {
        return token == ANY || token == ANY_IN_SEGMENT;
    }

    private static boolean accepts(int token, char c) {
        return token == ANY || (token < 0 ? c != '/' : token == c);
    }

    @Override
    public boolean coversBelow(String directory) {
        return tree && matches(directory);
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
            folded[i] = fold(folded[i]);
        }
        return new String(folded);
    }

    private char fold(char c) {
        return ignoreCase ? Character.toLowerCase(Character.toUpperCase(c)) : c;
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
