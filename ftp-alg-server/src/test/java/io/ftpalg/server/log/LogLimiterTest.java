package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLimiterTest {
    private static final LogLimiter.Key KEY = new LogLimiter.Key("peer rejected", "BOUNCE", 7L);

    private final List<String> lines = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    private final LogLimiter limiter = new LogLimiter(() -> now);

    private void log(LogLimiter.Key key, String text) {
        limiter.log(key, suffix -> lines.add(text + suffix));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void writesTheFirstAtOnceAndThenOneAMinuteWithTheCount() {
        IntStream.range(0, 10).forEach(i -> log(KEY, "a" + i));
        assertThat(lines).containsExactly("a0");

        pass(Duration.ofSeconds(59));
        log(KEY, "a10");
        assertThat(lines).containsExactly("a0");

        pass(Duration.ofSeconds(1));
        log(KEY, "a11");
        assertThat(lines).containsExactly("a0", "a11 repeated=10");

        pass(Duration.ofMinutes(1));
        log(KEY, "a12");
        assertThat(lines).containsExactly("a0", "a11 repeated=10", "a12");
    }

    @Test
    void countsEachEventCauseAndSubjectByItself() {
        log(KEY, "a");
        log(new LogLimiter.Key("tls failed", "BOUNCE", 7L), "b");
        log(new LogLimiter.Key("peer rejected", "TLS_INJECTION", 7L), "c");
        log(new LogLimiter.Key("peer rejected", "BOUNCE", 8L), "d");

        assertThat(lines).containsExactly("a", "b", "c", "d");
    }

    /** Lines and counts together are all that happened. */
    @Test
    void writesTheLastOfASubjectThatIsClosed() {
        IntStream.range(0, 5).forEach(i -> log(KEY, "a" + i));
        log(new LogLimiter.Key("tls failed", "OTHER", 7L), "b");
        log(new LogLimiter.Key("peer rejected", "BOUNCE", 8L), "c");

        limiter.close(7L);

        assertThat(lines).containsExactly("a0", "b", "c", "a4 repeated=3");
        assertThat(limiter.size()).isEqualTo(1);
    }

    @Test
    void writesTheLastOnceItsMinuteIsOverAndAnyLineComes() {
        IntStream.range(0, 3).forEach(i -> log(KEY, "a" + i));
        pass(Duration.ofMinutes(1));

        log(new LogLimiter.Key("peer rejected", "BOUNCE", 8L), "b");

        assertThat(lines).containsExactly("a0", "b", "a2 repeated=1");
        assertThat(limiter.size()).isEqualTo(1);
        limiter.close(7L);
        assertThat(lines).hasSize(3);
    }

    @Test
    void writesTheLastOfAllWhenItIsClosed() {
        log(KEY, "a0");
        log(KEY, "a1");

        limiter.close();

        assertThat(lines).containsExactly("a0", "a1");
        assertThat(limiter.size()).isZero();
    }

    @Test
    void isBoundedInMemoryAndInLines() {
        for (int i = 0; i < LogLimiter.MAX_KEYS - 1; i++) {
            log(new LogLimiter.Key("session refused", "SESSION_LIMIT", i), "x");
        }
        assertThat(limiter.size()).isEqualTo(LogLimiter.MAX_KEYS - 1);
        log(new LogLimiter.Key("session refused", "SESSION_LIMIT", "last"), "last");
        for (int i = 0; i < 3; i++) {
            log(new LogLimiter.Key("session refused", "SESSION_LIMIT", "new" + i), "other" + i);
        }

        assertThat(limiter.size()).isEqualTo(LogLimiter.MAX_KEYS + 1);
        assertThat(lines).hasSize(LogLimiter.MAX_KEYS + 1).endsWith("last", "other0");
        limiter.close();
        assertThat(lines).last().isEqualTo("other2 repeated=1");
    }
}
