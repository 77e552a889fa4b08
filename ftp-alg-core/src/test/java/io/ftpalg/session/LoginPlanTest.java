package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginPlanTest {
    private static final LoginName NAME = new LoginName(LoginName.Kind.JOINED, "joe", "fw", HostPort.parse("ftp.example"));

    @Test
    void goesWhereTheNameSaysWithTheUserOfTheServer() {
        assertThat(LoginPlan.user(NAME).check()).isEmpty();
        assertThat(LoginPlan.user(NAME).destination()).contains(new LoginPlan.Destination(true, HostPort.parse("ftp.example"),
                Optional.of("joe"), Optional.empty(), Optional.empty()));
    }

    @Test
    void showsNoPassword() {
        assertThat(LoginPlan.checking("fw", Secret.of("hidden1"), LoginPlan.logIn(NAME, Secret.of("hidden2"))).toString())
                .contains("fw", "joe").doesNotContain("hidden");
    }
}
