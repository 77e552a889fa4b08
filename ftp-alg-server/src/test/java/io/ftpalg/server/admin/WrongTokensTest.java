package io.ftpalg.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    @Test
    void logsTheFirstAndThenOneAMinuteWithTheNumberOfTheOthers() {
        WrongTokens wrong = new WrongTokens();
        long minute = TimeUnit.MINUTES.toNanos(1);

        assertThat(wrong.count(-7)).hasValue(0);
        assertThat(wrong.count(-6)).isEmpty();
        assertThat(wrong.count(minute - 8)).isEmpty();
        assertThat(wrong.count(minute - 7)).hasValue(2);
        assertThat(wrong.count(minute)).isEmpty();
    }
}
