package io.ftpalg.policy.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginGuard.Answer;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class LoginGuardTest {
    private static final InetAddress CLIENT = IpLiteral.parse("192.0.2.1").orElseThrow();

    @Test
    void ofNobodyAllowsEverythingWhateverFailed() {
        for (int i = 0; i < 1000; i++) {
            assertThat(LoginGuard.NONE.begin(CLIENT, "joe")).isEqualTo(Answer.ALLOWED);
            LoginGuard.NONE.failed(CLIENT, "joe");
        }

        LoginGuard.NONE.succeeded(CLIENT, "joe");
        LoginGuard.NONE.undecided(CLIENT, "joe");
        assertThat(LoginGuard.NONE.begin(CLIENT, "joe")).isEqualTo(Answer.ALLOWED);
    }
}
