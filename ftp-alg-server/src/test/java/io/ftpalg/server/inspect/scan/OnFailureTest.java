package io.ftpalg.server.inspect.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionVerdict;
import io.ftpalg.protocol.FtpReply;
import org.junit.jupiter.api.Test;

class OnFailureTest {

    @Test
    void passes() {
        assertThat(OnFailure.PASS.verdict("x")).isEqualTo(InspectionVerdict.PASS);
    }

    @Test
    void rejectsForNow() {
        assertThat(OnFailure.REJECT.verdict("x"))
                .isEqualTo(InspectionVerdict.reject(
                        "not scanned: x", FtpReply.of(451, "Transfer rejected: the virus scanner is not available.")));
    }
}
