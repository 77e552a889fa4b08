package io.ftpalg.server.settings;

/** How a line of the log is written. */
public enum LogFormat {
    /** A line for people: time, level, session, event, {@code key=value}. */
    TEXT,
    /** A JSON object. */
    JSON
}
