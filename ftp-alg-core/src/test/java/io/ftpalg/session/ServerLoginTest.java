package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a server hears of a login that the gateway makes; the dialects are in {@link LoginDialogueTest}. */
class ServerLoginTest {

    private static Playbook connected() {
        return Playbook.cast().withUsers().begin().play("""
                . start
                C< 220 FTP gateway ready.
                C> USER joe
                C< 331 Password required.
                C> PASS secret
                ! authenticate joe secret
                . authenticated joe
                ! route joe
                . route
                ! connect
                . server-connected
                S> 220 ready
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
}
