package io.ftpalg.server.log;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Optional;

/** How much the gateway logs: more while a config or the command line asks for it, else as logback.xml has it. Thread-safe. */
public final class Verbosity {
    private static final String LOGGER = "io.ftpalg";

    private final Optional<Level> usual = LogLevels.get(LOGGER);
    private final boolean always;
    private boolean more;
    private Optional<Level> byOperator = Optional.empty();

    /** Makes it before any level is changed; always, if the command line asks for it. */
    public Verbosity(boolean always) {
        this.always = always;
    }

    /** Logs more, or as usual again, unless an operator has set a level. */
    public synchronized void set(boolean config) {
        more = config;
        apply();
    }

    /** Logs what an operator wants, whatever the config has; {@code default} for what that has. */
    public synchronized void setByOperator(String level) {
        byOperator = level.equals("default") ? Optional.empty() : Optional.of(Level.toLevel(level, Level.INFO));
        apply();
    }

    /** Returns the level in force, such as {@code info}. */
    public synchronized String level() {
        return name(byOperator.orElseGet(this::configuredLevel));
    }

    /** Returns the level that the config has. */
    public synchronized String configured() {
        return name(configuredLevel());
    }

    private Level configuredLevel() {
        return more || always ? Level.DEBUG : usual.orElse(Level.INFO);
    }

    private void apply() {
        LogLevels.set(
                LOGGER, byOperator.isPresent() ? byOperator.get() : more || always ? Level.DEBUG : usual.orElse(null));
    }

    private static String name(Level level) {
        return level.toString().toLowerCase(Locale.ROOT);
    }
}
