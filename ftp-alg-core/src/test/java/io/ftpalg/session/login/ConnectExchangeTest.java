package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.PASSWORD_ACCEPTED;
import static io.ftpalg.session.Logins.alone;
import static io.ftpalg.session.Logins.authenticatedByTheGateway;
import static io.ftpalg.session.Logins.forward;
import static io.ftpalg.session.Logins.greeted;
import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_EPSV;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.ProxyRefused;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.LoginGuard.Answer;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.LoginTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward mode: USER names the server. */
public class ConnectExchangeTest {

    /** The server that the client named is connected, and has sent nothing. */
    private static Playbook connected() {
        return forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                """);
    }

    private static Playbook loggedIn() {
        return forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . route-as joe
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                S> 331 password?
                C< 331 password?
                """ + PASSWORD_ACCEPTED);
    }

    /** L1, L4: the server's greeting is no answer to USER. */
    @Test
    void connectsAndLogsInWithTheUserOfTheRoute() {
        assertThat(loggedIn().events().of(SessionAuthenticated.class))
                .singleElement()
                .satisfies(event -> assertThat(event.user()).isEqualTo("joe"));
    }

    /** L4. */
    @Test
    void waitsBehindA120() {
        forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . route-as joe
                ! connect
                . server-connected
                S> 120 soon
                ~
                S> 220 ready
                S< USER joe
                """);
    }

    /** A4: denied, unreachable, silent or unwilling: one text, fifteen seconds after USER. */
    @Test
    void saysTheSameOfADeniedTarget() {
        Playbook play = forward().play("""
                C> USER joe@127.1:6379
                ! route joe
                . route-refused
                . elapse 14.999s
                ~
                . elapse 0.001s
                C< 421 Service not available.
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.TARGET_DENIED);
        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.TARGET_DENIED));
    }

    /** A4. */
    @Test
    void saysTheSameOfAnUnreachableTarget() {
        forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . elapse 1s
                . route
                ! connect
                . elapse 2s
                . unreachable
                . elapse 11.999s
                ~
                . elapse 0.001s
                C< 421 Service not available.
                ! end
                """);
    }

    /** A4, L4: and whatever else an unwilling server says meanwhile. */
    @Test
    void saysTheSameOfAServerThatGreetsWithARefusal() {
        connected().play("""
                S> 554 no service
                S> 554 really
                S> 220 changed my mind
                . server-gone
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** A4. */
    @Test
    void saysTheSameOfAServerThatSpeaksNoFtp() {
        connected().play("""
                . server-garbage
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** A look-up, or a connection, that takes longer than all of it may is cut, and told from nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"", ". route\n! connect", ". route\n! connect\n. server-connected\nS> 120 soon"})
    void saysTheSameWhereverItTakesTooLong(String stage) {
        Playbook play = forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                %s
                . elapse 14.999s
                ~
                . elapse 0.001s
                C< 421 Service not available.
                ! end
                . elapse 100s
                ~
                """.formatted(stage));

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.SERVER_UNREACHABLE);
    }

    @Test
    void doesNotDelayAServerThatIsThere() {
        forward().play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . elapse 14.9s
                . route-as joe
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
                . elapse 20s
                ~
                S> 331 password?
                C< 331 password?
                """);
    }

    @Test
    void saysTheSameOfASilentServer() {
        connected().play("""
                . elapse 14.999s
                ~
                . elapse 0.001s
                C< 421 Service not available.
                ! end
                """);
    }

    /** L5: the old server, its data connections and EPSV ALL are left behind. */
    @Test
    void leavesTheOldServerForAnother() {
        loggedIn().play("""
                C> EPSV ALL
                C< 200 EPSV ALL accepted.
                """ + AGREED_BY_EPSV + """
                C> USER ann@other.example
                ! close CLIENT
                ! close SERVER
                S< QUIT
                ! disconnect
                ! route ann@other.example
                . route-as ann
                ! connect
                . server-connected
                S> 220 other
                S< USER ann
                S> 230 welcome
                C< 230 welcome
                C> PASV
                S< PASV
                """);
    }

    /** Q2: each server anew. */
    @Test
    void givesTheLoginAtAnotherServerAMinute() {
        loggedIn().play("""
                C> USER ann@other.example
                S< QUIT
                ! disconnect
                ! route ann@other.example
                . elapse 10s
                . route-as ann
                ! connect
                . server-connected
                S> 220 ready
                S< USER ann
                . elapse 50s
                C< 421 Login took too long.
                ! end
                """);
    }

    @Test
    void sendsAUserWithoutAServerToTheOneThatIsThere() {
        loggedIn().play("""
                C> USER ann
                S< USER ann
                """);
    }

    // ---- users of the gateway's own

    private static Playbook withUsers(LoginTest.Guard guard) {
        return greeted(Playbook.cast().forward().withUsers().guard(guard));
    }

    /** A9, RFC 2577 section 5. */
    @Test
    void answersAWrongPasswordAfterAWhile() {
        LoginTest.Guard guard = new LoginTest.Guard();

        Playbook play = withUsers(guard).play("""
                C> USER fw
                C< 331 Password required.
                C> PASS wrong
                ! authenticate fw wrong
                . not-authenticated
                . elapse 4.999s
                ~
                . elapse 0.001s
                C< 530 Login incorrect.
                C> SITE ftp.example
                C< 530 Log in with USER user@host and PASS.
                """);

        assertThat(guard.heard).containsExactly("try fw", "failed fw");
        assertThat(play.events().of(ProxyRefused.class)).singleElement().satisfies(event -> assertThat(event.user())
                .isEqualTo("fw"));
    }

    /** A9. */
    @Test
    void asksNobodyOnceThereWereTooManyFailures() {
        LoginTest.Guard guard = new LoginTest.Guard();
        guard.answer = Answer.REFUSED;

        withUsers(guard).play("""
                C> USER fw
                C< 331 Password required.
                C> PASS right
                ~
                . elapse 5s
                C< 530 Login incorrect.
                """);

        assertThat(guard.heard).containsExactly("try fw");
    }

    /** A9. */
    @Test
    void endsTheSessionAfterFiveWrongPasswords() {
        Playbook play = withUsers(new LoginTest.Guard());
        for (int i = 0; i < 5; i++) {
            play.play("""
                    C> USER fw
                    C< 331 Password required.
                    C> PASS wrong
                    ! authenticate fw wrong
                    . not-authenticated
                    . elapse 5s
                    C< 530 Login incorrect.
                    """);
        }

        play.play("""
                C< 421 Too many failed logins.
                ! end
                """);
        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.TOO_MANY_LOGINS);
    }

    @Test
    void endsTheSessionWhereNobodyKnowsTheUsers() {
        Playbook play = withUsers(new LoginTest.Guard()).play("""
                C> USER fw
                C< 331 Password required.
                C> PASS right
                ! authenticate fw right
                . users-unavailable
                C< 421 Service not available.
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class)).singleElement().satisfies(event -> {
            assertThat(event.cause()).isEqualTo(CloseCause.USERS_UNAVAILABLE);
            assertThat(event.detail()).isEqualTo("the directory is down");
        });
    }

    /** What comes late is for nobody. */
    @Test
    void aCheckThatEndsAfterTheSessionChangesNothing() {
        withUsers(new LoginTest.Guard()).play("""
                C> USER fw
                C< 331 Password required.
                C> PASS right
                ! authenticate fw right
                . client-gone
                ! end
                . authenticated fw
                ~
                """);
    }

    /** A server that the operator chose is no secret. */
    @Test
    void tellsAtOnceWhereTheServerWasNotNamed() {
        alone().play(authenticatedByTheGateway("joe", "secret") + """
                ! route joe
                . route
                ! connect
                . unreachable
                C< 421 The server is not available, try again later.
                ! end
                """);
    }

    @Test
    void letsOnlyAnonymousUsersGoFurtherIfThatIsWished() {
        LoginPolicy anonymous = new LoginPolicy(LoginPolicy.DEFAULT.dialects(), '@', false, true, Optional.empty());

        greeted(Playbook.cast().forward().login(anonymous).withUsers()).play("""
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS secret@right
                ! authenticate fw right
                . authenticated fw
                C< 530 Only anonymous logins are allowed here.
                C> USER ftp@ftp.example
                ! route ftp@ftp.example
                """);
    }
}
