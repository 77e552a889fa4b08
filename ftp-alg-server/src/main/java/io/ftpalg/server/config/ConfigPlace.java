package io.ftpalg.server.config;

/**
 * A place in the config file.
 *
 * @param line from 1
 * @param column from 1
 */
public record ConfigPlace(int line, int column) {
    /** The beginning. */
    public static final ConfigPlace START = new ConfigPlace(1, 1);
}
