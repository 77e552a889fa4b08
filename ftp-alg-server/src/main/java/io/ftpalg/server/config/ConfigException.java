package io.ftpalg.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The config file cannot be used; the lines name each place and error, and the files are those that it names. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;
    private final transient Set<Path> files;

    ConfigException(List<String> lines, Set<Path> files) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
        this.files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
    }

    /** Returns what is wrong, in the order of the file. */
    public List<String> lines() {
        return lines;
    }

    /** Returns the files that it names, there or not, as far as it could be read. */
    public Set<Path> files() {
        return files;
    }
}
