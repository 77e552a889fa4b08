package io.ftpalg.server.otlp;

import io.ftpalg.server.log.Escape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when the export of a signal begins to fail, and when it is done again: a line each, however long that takes. One thread. */
final class ExportLog {
    private static final Logger logger = LoggerFactory.getLogger(ExportLog.class);

    private final String signal;
    private boolean failing;

    ExportLog(String signal) {
        this.signal = signal;
    }

    void on(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            if (failing) {
                failing = false;
                logger.info("export resumed signal={}", signal);
            }
        } else if (!failing) {
            failing = true;
            String reason = outcome instanceof Outcome.Retryable retryable
                    ? retryable.reason()
                    : ((Outcome.Refused) outcome).reason();
            logger.warn("export failed signal={} cause={}", signal, Escape.quoted(reason));
        }
    }
}
