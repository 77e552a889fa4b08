package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.LogCapture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RepeatedWarningTest {
    private long now = -1;

    @Test
    void isLoggedAtOnceAndThenEveryTenSecondsWithACount() {
        try (LogCapture log = new LogCapture(RepeatedWarningTest.class)) {
            RepeatedWarning warning =
                    new RepeatedWarning(LoggerFactory.getLogger(RepeatedWarningTest.class), () -> now);

            IntStream.range(0, 500).forEach(i -> warning.warn("name refused name=n" + i));
            now += TimeUnit.SECONDS.toNanos(10) - 1;
            warning.warn("name refused name=late");
            now++;
            warning.warn("name refused name=last");

            assertThat(log.lines())
                    .containsExactly("WARN name refused name=n0 count=1", "WARN name refused name=last count=501");
        }
    }
}
