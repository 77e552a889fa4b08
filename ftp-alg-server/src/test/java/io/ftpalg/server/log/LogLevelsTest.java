package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLevelsTest {

    @Test
    void setsTheLevelOfALoggerAndThoseBelow() {
        LogLevels.set("io.ftpalg.test", Level.DEBUG);
        assertThat(LoggerFactory.getLogger("io.ftpalg.test.one").isDebugEnabled())
                .isTrue();

        LogLevels.set("io.ftpalg.test", Level.ERROR);
        assertThat(LoggerFactory.getLogger("io.ftpalg.test.one").isWarnEnabled())
                .isFalse();
    }
}
