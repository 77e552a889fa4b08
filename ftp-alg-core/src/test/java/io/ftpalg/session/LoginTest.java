package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import org.junit.jupiter.api.Test;

/** How long a login may take, and what it changes. */
class LoginTest {

    /** Q2: a minute from accept, not reset by anything. */
    @Test
    void endsALoginThatIsNotDoneInAMinute() {
        Playbook play = Playbook.cast().greeted().play("""
                C> USER joe
                S< USER joe
                . elapse 59.999s
                S> 331 password?
                C< 331 password?
                . elapse 0.001s
                C< 421 Login took too long.
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.LOGIN_TIMEOUT);
    }

    @Test
    void isAwaitedNoMoreOnceItIsAccepted() {
        Playbook play = Playbook.loggedIn();

        play.play(". elapse 61s\n~");

        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void isForgottenOnlyIfItWasAccepted() {
        FtpSession session = Playbook.loggedIn().session();

        session.login().forget();
        session.login().forget();

        assertThat(session.state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void failsOnceTooOftenAtTheFifthTime() {
        Login login = Playbook.cast().greeted().session().login();
        for (int i = 0; i < 4; i++) {
            assertThat(login.countFailure()).isFalse();
        }

        assertThat(login.countFailure()).isTrue();
    }
}
