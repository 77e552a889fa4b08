package io.ftpalg.rules;

import io.ftpalg.rules.path.TextPattern;
import java.util.List;

/**
 * The last name of a path, for the patterns of rules: as it was written, and as Windows reads it, which drops dots and spaces behind a
 * name and has streams behind a colon.
 */
record FileName(String written, String onWindows) {

    static FileName of(String name) {
        int colon = name.indexOf(':');
        int end = colon > 0 ? colon : name.length();
        while (end > 1 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return new FileName(name, end == name.length() ? name : name.substring(0, end));
    }

    /** Returns whether one reading matches, for a denial, and otherwise whether both do. */
    boolean matches(List<TextPattern> patterns, boolean denies) {
        boolean asWritten = Check.anyMatches(patterns, written);
        if (onWindows.length() == written.length() || asWritten == denies) {
            return asWritten;
        }
        return Check.anyMatches(patterns, onWindows);
    }
}
