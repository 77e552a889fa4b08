package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Q7: five errors a second. */
class ErrorPaceTest {
    private static final long MILLI = 1_000_000L;
    private final ErrorPace pace = new ErrorPace();

    private void errors(int count, long at) {
        for (int i = 0; i < count; i++) {
            pace.error(at);
        }
    }

    @Test
    void letsFourErrorsPassAtOnce() {
        errors(4, 7);

        assertThat(pace.delay(7)).isZero();
    }

    @Test
    void delaysBehindTheFifthToTheEndOfTheSecond() {
        errors(5, 0);

        assertThat(pace.delay(300 * MILLI)).isEqualTo(Duration.ofMillis(700));
        assertThat(pace.delay(1000 * MILLI)).isZero();
    }

    @Test
    void countsAnewInTheNextSecond() {
        errors(4, 0);
        errors(4, 1000 * MILLI);

        assertThat(pace.delay(1000 * MILLI)).isZero();
    }

    @Test
    void countsAnewBehindASuccess() {
        errors(4, 0);
        pace.success();
        errors(4, 1);

        assertThat(pace.delay(1)).isZero();
    }

    @Test
    void worksWithAClockBelowZero() {
        errors(5, -2000 * MILLI);

        assertThat(pace.delay(-1900 * MILLI)).isEqualTo(Duration.ofMillis(900));
    }
}
