package io.ftpalg.session.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.LoginName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginPlanTest {
    private static final LoginName NAME =
            new LoginName(LoginName.Kind.JOINED, "joe", "fw", HostPort.parse("ftp.example"));

    @Test
    void goesWhereTheNameSaysWithTheUserOfTheServer() {
        assertThat(LoginPlan.user(NAME).check()).isEmpty();
        assertThat(LoginPlan.user(NAME).destination())
                .isEqualTo(new LoginPlan.Destination(
                        true, HostPort.parse("ftp.example"), Optional.of("joe"), Optional.empty(), Optional.empty()));
    }

    @Test
    void goesAsCheckedIfTheServerIsToHearOfTheUserOfTheGateway() {
        LoginName alone = new LoginName(LoginName.Kind.PLAIN, "fw", "", Optional.empty());
        Secret secret = Secret.of("secret");

        assertThat(LoginPlan.checking("fw", secret, LoginPlan.logIn(alone, secret))
                        .goesAsChecked())
                .isTrue();
        assertThat(LoginPlan.checking("other", secret, LoginPlan.logIn(alone, secret))
                        .goesAsChecked())
                .isFalse();
        assertThat(LoginPlan.checking("joe", secret, LoginPlan.logIn(NAME, secret))
                        .goesAsChecked())
                .as("named")
                .isFalse();
        assertThat(LoginPlan.user(alone).goesAsChecked()).as("not checked").isFalse();
    }

    @Test
    void showsNoPassword() {
        assertThat(LoginPlan.checking("fw", Secret.of("hidden1"), LoginPlan.logIn(NAME, Secret.of("hidden2")))
                        .toString())
                .contains("fw", "joe")
                .doesNotContain("hidden");
    }
}
