package io.ftpalg.server.inspect.tee;

import io.ftpalg.rules.path.NameText;
import io.ftpalg.rules.path.TextPattern;
import java.util.List;

/** Globs of names of files, in either case of letters. Constant. */
public final class NamePatterns {
    private final List<TextPattern> patterns;

    /**
     * Makes them.
     *
     * @throws IllegalArgumentException if one of them is no glob: see {@link TextPattern#glob}
     */
    public NamePatterns(List<String> globs) {
        this.patterns = globs.stream().map(TextPattern::globIgnoringCase).toList();
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether one of them matches the last part of a path, as a peer sent it. */
    public boolean match(String path) {
        String name = NameText.lenient(lastPart(path));
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .strip();
    }
}
