package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.session.ActionLog;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

/** One attempt in progress, which ends once; at servers {@link LoginTest} tests it. */
class LoginAttemptTest {
    private final LoginTest.Guard guard = new LoginTest.Guard();
    private final LoginAttempt attempt =
            new LoginAttempt(guard, Playbook.CLIENT.getAddress(), new Timers(new ActionLog()));

    @Test
    void endsOnce() {
        attempt.begin("joe", () -> guard.heard.add("allowed"), () -> guard.heard.add("refused"));
        attempt.failed();
        attempt.failed();
        attempt.succeeded();
        attempt.undecided();
        attempt.onClosing(CloseCause.CLIENT_LOST);

        assertThat(guard.heard).containsExactly("try joe", "allowed", "failed joe");
    }

    @Test
    void endsNothingThatDidNotBegin() {
        attempt.succeeded();
        attempt.onClosing(CloseCause.SERVER_LOST);

        assertThat(guard.heard).isEmpty();
    }
}
