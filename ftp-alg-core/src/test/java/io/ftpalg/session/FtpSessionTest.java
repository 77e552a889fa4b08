package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.session.base.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a session, and its ends. */
public class FtpSessionTest {

    public static CloseCause cause(Playbook play) {
        assertThat(play.state()).isEqualTo(SessionState.CLOSED);
        assertThat(play.log().timers()).isZero();
        return play.events().of(SessionClosed.class).get(0).cause();
    }

    /** P18: one command at a time at the server, all answered in order. */
    @Test
    void answersPipelinedCommandsInOrder() {
        Playbook.cast().greeted().play("""
                C> USER joe
                S< USER joe
                C> PASS secret
                C> PWD
                C> TYPE I
                C> PASV
                S> 331 password?
                C< 331 password?
                S< PASS secret
                S> 230 welcome
                C< 230 welcome
                S< PWD
                S> 257 here
                C< 257 here
                S< TYPE I
                S> 200 binary
                C< 200 binary
                S< PASV
                """);
    }

    /** P15. */
    @Test
    void holdsCommandsUntilTheServerGreets() {
        Playbook.cast().begin().play("""
                . start
                ! route
                C> USER joe
                . route
                ! connect
                C> PASS secret
                . server-connected
                S> 120 soon
                C< 120 soon
                S> 220-ready
                S>  of sorts
                S> 220 now
                C< 220-ready
                C<  of sorts
                C< 220 now
                S< USER joe
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "line-timeout, C< 421 A command line took too long., LINE_TIMEOUT",
        "stop, C< 421 The gateway is shutting down., SHUTDOWN",
        "stop-now, C< 421 The gateway is shutting down., SHUTDOWN",
        "server-garbage, C< 421 The server does not use FTP., SERVER_NOT_FTP"
    })
    void tellsTheClientWhyItEnds(String event, String lastWord, CloseCause cause) {
        Playbook play = Playbook.loggedIn().play(". " + event + "\n" + lastWord + "\nS< QUIT\n! end");

        assertThat(cause(play)).isEqualTo(cause);
    }

    @Test
    void tellsTheClientThatTheServerIsGone() {
        Playbook play = Playbook.loggedIn().play("""
                . server-gone
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_LOST);
    }

    /** A6: ten bad commands before the login; the tenth may be the server's own 500. */
    @Test
    void endsBehindTenBadCommandsBeforeTheLogin() {
        Playbook play = Playbook.cast().greeted();
        for (int i = 0; i < 9; i++) {
            play.play("C> XYZ\nS< XYZ\nS> 500 XYZ?\nC< 500 XYZ?");
        }

        play.play("""
                C> XYZ
                S< XYZ
                S> 500 XYZ?
                C< 500 XYZ?
                C< 421 Too many bad commands.
                ! end
                """);
        assertThat(cause(play)).isEqualTo(CloseCause.TOO_MANY_ERRORS);
    }

    @Test
    void countsNoBadCommandsBehindTheLogin() {
        Playbook play =
                Playbook.cast().limits(Limits.builder().badCommands(1).build()).loggedIn();

        play.play("C> XYZ\nS< XYZ\nS> 500 XYZ?\nC< 500 XYZ?\n~");
    }

    @Test
    void closesASessionThatFails() {
        Playbook play = Playbook.loggedIn();

        play.session().onInternalError(new IllegalStateException("on purpose"));

        play.play("C< 421 Internal error in the gateway.\nS< QUIT\n! end");
        assertThat(cause(play)).isEqualTo(CloseCause.INTERNAL_ERROR);
    }
}
