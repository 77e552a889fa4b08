package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpVerb;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void writesTimesWithMilliseconds() {
        assertThat(Values.time(Instant.parse("2026-11-28T18:50:01Z"))).isEqualTo("2026-11-28T18:50:01.000Z");
        assertThat(Values.seconds(Duration.ofMillis(1500))).isEqualTo(1.5);
    }

    @Test
    void writesConstantsAsWords() {
        assertThat(Values.word(CloseCause.CLIENT_LOST)).isEqualTo("client-lost");
    }

    @Test
    void namesTheDirectionOfATransfer() {
        assertThat(Values.direction(FtpVerb.STOR)).isEqualTo("upload");
        assertThat(Values.direction(FtpVerb.RETR)).isEqualTo("download");
    }

    @Test
    void hasNoRateBeforeTimeHasPassed() {
        assertThat(Values.rate(100, Duration.ZERO)).isZero();
        assertThat(Values.rate(100, Duration.ofSeconds(4))).isEqualTo(25);
    }
}
