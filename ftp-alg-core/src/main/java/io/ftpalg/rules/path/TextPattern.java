package io.ftpalg.rules.path;

/** A pattern of paths, names or arguments. Immutable; used by all event loops, so it must take time linear in the text. */
public interface TextPattern {

    /** Returns whether the whole text matches. */
    boolean matches(String text);

    /** Returns whether every path below this directory matches for certain; no is always safe. */
    default boolean coversBelow(String directory) {
        return false;
    }

    /** Returns whether a path below this directory may match; yes is always safe. */
    default boolean mayMatchBelow(String directory) {
        return true;
    }

    /** Returns the pattern as it was written: patterns of the same text and kind match the same. */
    String text();

    /**
     * Returns the pattern of a glob: {@code *} is any number of characters but {@code /}, {@code **} any at all, {@code ?} one that is
     * not {@code /}, and a backslash takes the meaning of the next character. {@code /x/**} matches {@code /x} too.
     *
     * @throws IllegalArgumentException if it ends with a backslash, or is longer than 1,000 characters
     */
    static TextPattern glob(String text) {
        return new Glob(text, false);
    }

    /**
     * Returns the same pattern for texts in any case.
     *
     * @throws IllegalArgumentException as {@link #glob}
     */
    static TextPattern globIgnoringCase(String text) {
        return new Glob(text, true);
    }
}
