package io.ftpalg.server.otlp;

import java.time.Duration;
import java.util.Optional;

/** What came of one request to the collector. */
sealed interface Outcome {

    /** The collector has it. */
    record Accepted() implements Outcome {}

    /**
     * The collector did not take it now: it may be sent again.
     *
     * @param reason why
     * @param after the time that the collector asks to wait, if it does
     */
    record Retryable(String reason, Optional<Duration> after) implements Outcome {}

    /**
     * The collector does not take it: sending it again is no use.
     *
     * @param reason why
     */
    record Refused(String reason) implements Outcome {}
}
