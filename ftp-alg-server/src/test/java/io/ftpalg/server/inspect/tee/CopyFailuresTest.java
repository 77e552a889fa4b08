package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CopyFailuresTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(CopyFailures.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(-5);

    @BeforeEach
    void watch() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void end() {
        logger.detachAppender(lines);
    }

    @Test
    void logsOneAMinute() {
        CopyFailures failures = new CopyFailures("/copies", true, now::get);
        failures.count("full");
        failures.count("full");
        now.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
        failures.count("full");
        now.addAndGet(1);
        failures.count("full\nstill");

        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly(
                        "copy failed place=\"/copies\" failed=1 passed=true detail=\"full\"",
                        "copy failed place=\"/copies\" failed=3 passed=true detail=\"full\\nstill\"");
        assertThat(failures.count()).isEqualTo(4);
    }
}
