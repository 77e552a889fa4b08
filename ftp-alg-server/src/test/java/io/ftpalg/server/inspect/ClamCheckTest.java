package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClamCheckTest {

    @ParameterizedTest
    @CsvSource({"PONG, ''", "UNKNOWN COMMAND, clamd replied to PING with something else than PONG"})
    void clamdIsReachableByItsReply(String reply, String reason) {
        ClamCheck check = new ClamCheck();
        check.replied(reply);

        assertThat(check.result()).isCompletedWithValue(reason);
    }

    @Test
    void hasTheReasonOfAFailure() {
        ClamCheck check = new ClamCheck();
        check.failed("closed");

        assertThat(check.result()).isCompletedWithValue("closed");
    }
}
