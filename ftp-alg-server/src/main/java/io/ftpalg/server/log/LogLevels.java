package io.ftpalg.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Changes what is logged, where an option sets more or less than logback.xml; and ends the log with the program. */
public final class LogLevels {

    private LogLevels() {}

    /** Returns the level that was set for a logger; none if it has that of the one above, or Logback does not do the logging. */
    static Optional<Level> get(String name) {
        return LoggerFactory.getLogger(name) instanceof Logger logger
                ? Optional.ofNullable(logger.getLevel())
                : Optional.empty();
    }

    /** Sets the level of a logger and those below it, if Logback does the logging; none for that of the one above. */
    public static void set(String name, @Nullable Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }

    /** Writes what is still on its way to the log; nothing is logged after that. */
    public static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
