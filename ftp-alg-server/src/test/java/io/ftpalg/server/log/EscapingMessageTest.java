package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class EscapingMessageTest {

    @Test
    void makesOneLineOfAnyMessage() {
        Logger logger = new LoggerContext().getLogger("some.library");
        LoggingEvent event = new LoggingEvent(
                "", logger, Level.WARN, "user {}", null, new Object[] {"x\r\n2026-01-01 LOGIN ok\u001b"});

        String line = new EscapingMessage().convert(event);

        assertThat(line).isEqualTo("user x\\r\\n2026-01-01 LOGIN ok\\x1b");
    }
}
