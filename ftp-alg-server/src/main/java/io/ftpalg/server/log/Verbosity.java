package io.ftpalg.server.log;

import ch.qos.logback.classic.Level;
import java.util.Optional;

/** How much the gateway logs: more while a config or the command line asks for it, else as logback.xml has it. Thread-safe. */
public final class Verbosity {
    private static final String LOGGER = "io.ftpalg";

    private final Optional<Level> usual = LogLevels.get(LOGGER);
    private final boolean always;

    /** Makes it before any level is changed; always, if the command line asks for it. */
    public Verbosity(boolean always) {
        this.always = always;
    }

    /** Logs more, or as usual again. */
    public void set(boolean more) {
        LogLevels.set(LOGGER, more || always ? Level.DEBUG : usual.orElse(null));
    }
}
