package io.ftpalg.server.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes how a line of the log is written. Stateless; any thread. */
public final class LogLines {
    /** Logback's property: the file of an operator, which then decides. */
    static final String OWN_FILE = "logback.configurationFile";

    private LogLines() {}

    /** Writes JSON objects from the next line on, or text as logback.xml has it, unless a file of the operator decides that. */
    public static void use(boolean json) {
        Logger logger = LoggerFactory.getLogger(LogLines.class);
        if (System.getProperty(OWN_FILE) != null) {
            if (json) {
                logger.warn("log.format has no effect: the file of {} has the format", OWN_FILE);
            }
        } else if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogConfigurator.APPENDER)
                        instanceof BatchAppender appender) {
            use(json, context, appender);
        }
    }

    static void use(boolean json, LoggerContext context, BatchAppender appender) {
        if (json) {
            AsciiJsonEncoder encoder = new AsciiJsonEncoder();
            encoder.setContext(context);
            encoder.start();
            appender.use(encoder);
        } else {
            appender.useOwnEncoder();
        }
    }
}
