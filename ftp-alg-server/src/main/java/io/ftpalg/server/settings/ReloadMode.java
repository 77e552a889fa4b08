package io.ftpalg.server.settings;

/** When the config file is read again. */
public enum ReloadMode {
    /** Never. */
    OFF,
    /** At SIGHUP. */
    SIGNAL,
    /** At SIGHUP, and when it or a file that it names changes. */
    WATCH
}
