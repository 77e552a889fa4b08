package io.ftpalg.session.base;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.LoginGuard;
import io.ftpalg.policy.login.LoginGuard.Answer;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.exchange.SessionContext;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a login may take, and what it changes. */
public class LoginTest {

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
        SessionContext session = Playbook.loggedIn().context();

        session.login().forget();
        session.login().forget();

        assertThat(session.state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void failsOnceTooOftenAtTheFifthTime() {
        Login login = Playbook.cast().greeted().context().login();
        for (int i = 0; i < 4; i++) {
            assertThat(login.countFailure()).isFalse();
        }

        assertThat(login.countFailure()).isTrue();
    }

    // ---- A9: failures are counted across sessions

    @Test
    void tellsTheGuardWhatBecameOfAPassword() {
        Guard guard = new Guard();

        Playbook.cast().guard(guard).askedForThePassword().play("""
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
        guard.answer = Answer.REFUSED;

        Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS right
                C< 530 Login incorrect.
                ~
                """);
    }

    /** 430 Invalid username or password, as some servers have it. */
    @Test
    void counts430AsARefusalAs530() {
        Guard guard = new Guard();
        Playbook play = Playbook.cast().guard(guard).greeted();

        for (int i = 0; i < 5; i++) {
            play.play("""
                    C> USER joe
                    S< USER joe
                    S> 331 password?
                    C< 331 password?
                    C> PASS wrong
                    S< PASS wrong
                    S> 430 no
                    C< 430 no
                    """);
        }
        play.play("""
                C< 421 Too many failed logins.
                ! end
                """);

        assertThat(guard.heard).contains("failed joe").doesNotContain("undecided joe");
    }

    @Test
    void countsAnAccountThatIsWrongAndNoneThatIsNotKnown() {
        Guard guard = new Guard();

        Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS secret
                S< PASS secret
                S> 332 account?
                C< 332 account?
                C> ACCT wrong
                S< ACCT wrong
                S> 530 no
                C< 530 no
                C> ACCT any
                S< ACCT any
                S> 502 what?
                C< 502 what?
                """);

        assertThat(guard.heard)
                .containsExactly("try joe", "undecided joe", "try joe", "failed joe", "try joe", "undecided joe");
    }

    /** What an in-flight password will come to counts until it is known. */
    @Test
    void sendsAPasswordOnceAttemptsOfOthersHaveEnded() {
        Guard guard = new Guard();
        guard.answer = Answer.BUSY;
        Playbook play = Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS right
                . elapse 1s
                ~
                """);

        guard.answer = Answer.ALLOWED;
        play.play("""
                . elapse 0.1s
                S< PASS right
                S> 230 welcome
                C< 230 welcome
                """);

        assertThat(guard.heard).endsWith("try joe", "succeeded joe");
    }

    @Test
    void refusesAPasswordOnceAttemptsOfOthersHaveFailed() {
        Guard guard = new Guard();
        guard.answer = Answer.BUSY;
        Playbook play = Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS right
                ~
                """);

        guard.answer = Answer.REFUSED;
        play.play("""
                . elapse 0.1s
                C< 530 Login incorrect.
                ~
                """);
    }

    @Test
    void waitsForNoOthersLongerThanALoginMayTake() {
        Guard guard = new Guard();
        guard.answer = Answer.BUSY;

        Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS right
                . elapse 60s
                C< 421 Login took too long.
                ! end
                """);

        assertThat(guard.heard).doesNotContain("failed joe");
    }

    @Test
    void countsAPasswordWhoseAnswerTheClientDoesNotWaitFor() {
        Guard guard = new Guard();

        Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS guess
                S< PASS guess
                . client-gone
                ! end
                """);

        assertThat(guard.heard).containsExactly("try joe", "failed joe");
    }

    @Test
    void countsNoPasswordWhoseServerIsLost() {
        Guard guard = new Guard();

        Playbook.cast().guard(guard).askedForThePassword().play("""
                C> PASS right
                S< PASS right
                . server-gone
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(guard.heard).containsExactly("try joe", "undecided joe");
    }

    /** Or everybody would be kept out by anybody. */
    @Test
    void countsNothingOfAnonymousUsers() {
        Guard guard = new Guard();
        guard.answer = Answer.REFUSED;

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
    public static final class Guard implements LoginGuard {
        public final List<String> heard = new ArrayList<>();
        public Answer answer = Answer.ALLOWED;

        @Override
        public Answer begin(InetAddress client, String user) {
            heard.add("try " + user);
            return answer;
        }

        @Override
        public void failed(InetAddress client, String user) {
            heard.add("failed " + user);
        }

        @Override
        public void succeeded(InetAddress client, String user) {
            heard.add("succeeded " + user);
        }

        @Override
        public void undecided(InetAddress client, String user) {
            heard.add("undecided " + user);
        }
    }
}
