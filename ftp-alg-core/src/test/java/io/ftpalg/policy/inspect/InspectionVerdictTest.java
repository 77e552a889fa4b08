package io.ftpalg.policy.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.FtpReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionVerdictTest {

    @Test
    void aRejectionHasTheUsualReplyUnlessThereIsAnother() {
        FtpReply reply = FtpReply.of(552, "Too large.");

        assertThat(InspectionVerdict.reject("too large").reply()).isEmpty();
        assertThat(InspectionVerdict.reject("too large", reply).reply()).contains(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u00e9", "a\u007f"})
    void theReasonIsOneLineOfPrintableAscii(String reason) {
        assertThatThrownBy(() -> InspectionVerdict.reject(reason)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theReplyIsNegative() {
        FtpReply positive = FtpReply.of(226, "Done.");

        assertThatThrownBy(() -> InspectionVerdict.reject("r", positive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("226");
    }
}
