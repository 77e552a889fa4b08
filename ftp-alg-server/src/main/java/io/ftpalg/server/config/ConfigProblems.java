package io.ftpalg.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a config file, so that it is reported together. Used by one thread. */
public final class ConfigProblems {
    private static final int MOST = 10;

    private final Path file;
    private final List<Problem> found = new ArrayList<>();
    private final Set<Path> named = new LinkedHashSet<>();

    private record Problem(ConfigPlace at, String message) {}

    /** Makes an empty collection for this file. */
    public ConfigProblems(Path file) {
        this.file = file;
    }

    /** Returns the config file. */
    public Path file() {
        return file;
    }

    /** Adds a problem; the message names the error and the remedy. */
    public void add(ConfigPlace at, String message) {
        found.add(new Problem(at, message));
    }

    /** The config file names this one, which may be missing: a problem may be gone when it changes. */
    void names(Path other) {
        named.add(other);
    }

    /** Returns how many there are. */
    public int count() {
        return found.size();
    }

    /** Fails if there are any, with the first ones of the file. */
    public void throwIfAny() throws ConfigException {
        if (found.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .limit(MOST)
                .map(problem ->
                        file + ":" + problem.at().line() + ":" + problem.at().column() + ": " + problem.message())
                .toList());
        if (found.size() > MOST) {
            lines.add(file + ": " + (found.size() - MOST) + " more errors: correct these first");
        }
        throw new ConfigException(lines, named);
    }
}
