package io.ftpalg.server.config;

import java.util.List;

/** The config file cannot be used; the lines say where and why, one each. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;

    ConfigException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    /** Returns what is wrong, in the order of the file. */
    public List<String> lines() {
        return lines;
    }
}
