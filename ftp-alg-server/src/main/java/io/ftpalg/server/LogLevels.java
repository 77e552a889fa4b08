package io.ftpalg.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Changes what is logged, where an option asks for more or less than logback.xml says. */
final class LogLevels {

    private LogLevels() {
    }

    /** Sets the level of a logger and those below it, if Logback does the logging. */
    static void set(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
