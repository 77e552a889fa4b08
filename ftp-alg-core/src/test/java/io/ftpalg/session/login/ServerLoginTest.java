package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.authenticatedByTheGateway;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.LoginGuard.Answer;
import io.ftpalg.session.Logins;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.LoginTest;
import io.ftpalg.session.base.SessionState;
import org.junit.jupiter.api.Test;

/** What a server hears of a login that the gateway makes; the dialects are in {@link LoginDialogueTest}. */
class ServerLoginTest {

    private static Playbook connected() {
        return alone().play(authenticatedByTheGateway("joe", "secret") + greetedFor("joe") + """
                S< USER joe
                """);
    }

    @Test
    void sendsThePasswordWhereItIsWanted() {
        assertThat(connected().play("""
                S> 331-a
                S> 331 password?
                S< PASS secret
                S> 230 welcome
                C< 230 welcome
                """).state()).isEqualTo(SessionState.READY);
    }

    @Test
    void passesTheRefusalOfTheUserOn() {
        assertThat(connected().play("""
                S> 530 not you
                C< 530 not you
                ~
                """).state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void asksForAnAccountWhereTheServerDoes() {
        assertThat(connected().play("""
                S> 332 account?
                C< 332 account?
                C> ACCT budget
                S< ACCT budget
                S> 230 welcome
                C< 230 welcome
                """).state()).isEqualTo(SessionState.READY);
    }

    @Test
    void aServerThatIsLostMeanwhileEndsTheSession() {
        connected().play("""
                . server-gone
                C< 421 The server closed the control connection.
                ! end
                """);
    }

    @Test
    void aServerThatDoesNotAnswerEndsTheSession() {
        connected().play("""
                . elapse 60s
                C< 421 Login took too long.
                ! end
                """);
    }

    /** A9: whoever failed too often is not let in by another dialect. */
    @Test
    void sendsNoPasswordOfWhoeverFailedTooOften() {
        LoginTest.Guard guard = new LoginTest.Guard();
        Playbook play =
                Logins.greeted(Playbook.cast().forward().guard(guard)).play("""
                C> USER joe
                C< 331 Password required.
                C> PASS guess
                C< 230 Name your server, SITE host or OPEN host.
                C> OPEN ftp.example
                """ + greetedFor("joe@ftp.example") + """
                S< USER joe
                """);
        guard.answer = Answer.REFUSED;

        play.play("""
                S> 331 password?
                C< 530 Login incorrect.
                C> PASS guess
                C< 530 Login incorrect.
                """);
    }

    /** Or one stale password in the configuration would keep everybody out. */
    @Test
    void holdsThePasswordOfTheRouteAgainstNobody() {
        LoginTest.Guard guard = new LoginTest.Guard();
        Playbook play =
                alone(Playbook.cast().guard(guard).withUsers()).play(authenticatedByTheGateway("joe", "secret") + """
                ! route joe
                . route-with admin stale
                ! connect
                . server-connected
                S> 220 ready
                S< USER admin
                """);
        guard.answer = Answer.REFUSED;

        play.play("""
                S> 331 password?
                S< PASS stale
                S> 530 no
                C< 530 no
                ~
                """);

        assertThat(guard.heard).containsExactly("try joe", "succeeded joe");
    }
}
