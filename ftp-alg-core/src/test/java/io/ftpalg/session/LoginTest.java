package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.LoginGuard;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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

    // ---- A9: failures are counted across sessions

    @Test
    void tellsTheGuardWhatBecameOfAPassword() {
        Guard guard = new Guard();

        Playbook.cast().guard(guard).greeted().play("""
                C> USER joe
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> PASS wrong
                S< PASS wrong
                S> 530 no
                C< 530 no
                C> USER joe
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> PASS right
                S< PASS right
                S> 230 welcome
                C< 230 welcome
                """);

        assertThat(guard.heard).containsExactly("try joe", "failed joe", "try joe", "succeeded joe");
    }

    @Test
    void sendsNoPasswordOfWhoeverFailedTooOften() {
        Guard guard = new Guard();
        guard.closed = true;

        Playbook.cast().guard(guard).greeted().play("""
                C> USER joe
                S< USER joe
                S> 331 password?
                C< 331 password?
                C> PASS right
                C< 530 Login incorrect.
                ~
                """);
    }

    /** Or everybody would be kept out by anybody. */
    @Test
    void countsNothingOfAnonymousUsers() {
        Guard guard = new Guard();
        guard.closed = true;

        Playbook.cast().guard(guard).greeted().play("""
                C> USER anonymous
                S< USER anonymous
                S> 331 mail address?
                C< 331 mail address?
                C> PASS me@
                S< PASS me@
                S> 530 full
                C< 530 full
                """);

        assertThat(guard.heard).isEmpty();
    }

    /** Writes down what it hears. */
    static final class Guard implements LoginGuard {
        final List<String> heard = new ArrayList<>();
        boolean closed;

        @Override
        public boolean mayTry(InetAddress client, String user) {
            heard.add("try " + user);
            return !closed;
        }

        @Override
        public void failed(InetAddress client, String user) {
            heard.add("failed " + user);
        }

        @Override
        public void succeeded(InetAddress client, String user) {
            heard.add("succeeded " + user);
        }
    }
}
