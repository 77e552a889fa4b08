package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    @ParameterizedTest
    @ValueSource(ints = {421, 450, 500, 502, 550, 599})
    void aRefusalIsANegativeReply(int code) {
        assertThat(new Verdict.Refuse(FtpReply.of(code, "no")).reply().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 200, 226, 331, 633})
    void aRefusalIsNoOtherReply(int code) {
        FtpReply reply = FtpReply.of(code, "no");

        assertThatThrownBy(() -> new Verdict.Refuse(reply)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowIsOneValue() {
        assertThat(Verdict.allow()).isSameAs(Verdict.allow()).isEqualTo(new Verdict.Allow(TransferPermit.ANY));
    }

    @Test
    void refusesByARuleWithItsName() {
        assertThat(new Verdict.Refuse(FtpReply.of(550, "no"), "keep").rule()).contains("keep");
        assertThat(new Verdict.Refuse(FtpReply.of(550, "no")).rule()).isEmpty();
    }
}
