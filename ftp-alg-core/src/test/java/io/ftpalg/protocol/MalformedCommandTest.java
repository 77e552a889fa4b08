package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedCommandTest {

    @ParameterizedTest
    @CsvSource({"TOO_LONG, 500", "BAD_VERB, 500", "CONTROL_BYTE, 501", "HTTP, 500"})
    void isAnsweredByItsFlaw(MalformedCommand.Flaw flaw, int code) {
        assertThat(flaw.reply().code()).isEqualTo(code);
    }

    @Test
    void countsAgainstTheLimitOnPipelinedBytes() {
        assertThat(new MalformedCommand(MalformedCommand.Flaw.TOO_LONG).size()).isPositive();
    }
}
