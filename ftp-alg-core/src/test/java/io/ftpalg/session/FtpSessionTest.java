package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue, the waits and the ends of a session. */
class FtpSessionTest {

    private static CloseCause cause(Playbook play) {
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

    /** P18: 63 wait, 64 pause the client, and it goes on when they are answered. */
    @Test
    void pausesTheClientAt64WaitingCommands() {
        Playbook play = Playbook.loggedIn().play("C> NOOP\nS< NOOP");
        for (int i = 0; i < 63; i++) {
            play.play("C> NOOP");
        }

        play.play("""
                ~
                C> NOOP
                ! pause
                """);
        for (int i = 0; i < 64; i++) {
            play.play("S> 200 ok\nC< 200 ok\nS< NOOP");
        }
        play.play("""
                S> 200 ok
                C< 200 ok
                ! resume
                ~
                """);
    }

    /** P18. */
    @Test
    void pausesTheClientAt64KiBOfWaitingCommands() {
        Playbook play = Playbook.loggedIn().play("C> NOOP\nS< NOOP");
        String path = "x".repeat(8192 - 6);
        for (int i = 0; i < 7; i++) {
            play.play("C> CWD " + path);
        }

        play.play("C> CWD " + path.substring(1) + "\n~");
        play.play("C> NOOP\n! pause");
    }

    /** P19. */
    @Test
    void passesA421WithNothingOutstandingAndEnds() {
        Playbook play = Playbook.loggedIn().play("""
                S> 421-going
                ~
                S> 421 down
                C< 421-going
                C< 421 down
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_REFUSED);
    }

    @Test
    void endsAReplyThatTheServerLeftHalf() {
        Playbook.loggedIn().play("""
                C> HELP
                S< HELP
                S> 214-help
                C< 214-help
                . server-gone
                C< 214 (cut)
                C< 421 The server closed the control connection.
                ! end
                """);
    }

    /** T1, T5. */
    @Test
    void endsAnIdleSessionAfterFiveMinutes() {
        Playbook play = Playbook.loggedIn().play("""
                . elapse 299s
                C> NOOP
                S< NOOP
                . elapse 400s
                S> 200 ok
                C< 200 ok
                . elapse 299.999s
                ~
                . elapse 0.001s
                C< 421 Idle for too long.
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.IDLE);
    }

    /** T1: the idle wait stands still while a transfer runs. */
    @Test
    void isNotIdleWhileATransferRuns() {
        TransferExchangeTest.downloading().play("""
                . elapse 36000s
                ~
                """);
    }

    /** T2. */
    @Test
    void givesTheServerTenMinutesForAReply() {
        Playbook play = Playbook.loggedIn().play("""
                C> XCRC f
                S< XCRC f
                . elapse 599s
                S> 250-working
                C< 250-working
                . elapse 599s
                ~
                . elapse 1s
                C< 250 (cut)
                C< 421 The server does not answer.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_SILENT);
    }

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

    @ParameterizedTest
    @CsvSource({"line-timeout, C< 421 A command line took too long., LINE_TIMEOUT",
            "stop, C< 421 The gateway is shutting down., SHUTDOWN",
            "stop-now, C< 421 The gateway is shutting down., SHUTDOWN",
            "server-garbage, C< 421 The server does not speak FTP., SERVER_NOT_FTP"})
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

    /** D23: what was sent before the shutdown is answered. */
    @Test
    void answersWhatWasSentBeforeTheClientShutDownItsSide() {
        Playbook play = Playbook.loggedIn().play("""
                C> PWD
                S< PWD
                C> SYST
                . client-fin
                S> 257 here
                C< 257 here
                S< SYST
                S> 215 UNIX
                C< 215 UNIX
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void endsAtOnceWhenTheClientIsGoneAndLeavesNoDataPort() {
        Playbook play = TransferExchangeTest.passive().play("""
                . client-gone
                S< QUIT
                ! abort CLIENT
                ! abort SERVER
                ! end
                C> NOOP
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void asksTheFilterFirstAndNeverForwardsWhatItRefuses() {
        Playbook.cast().filter(CommandFilter.deny(Set.of(FtpVerb.CWD))).loggedIn().play("""
                C> CWD x
                C< 502 Command not allowed.
                C> XCWD x
                C< 502 Command not allowed.
                C> CDUP
                S< CDUP
                """);
    }

    @Test
    void handlesWhatTheFilterPutsInPlace() {
        CommandFilter filter = command -> command.verb() == FtpVerb.DELE
                ? new Verdict.Replace(FtpCommand.of(FtpVerb.NOOP)) : Verdict.allow();

        Playbook.cast().filter(filter).loggedIn().play("""
                C> DELE f
                S< NOOP
                """);
    }

    /** Q7: five of the gateway's own errors a second. */
    @Test
    void answersFiveErrorsASecond() {
        Playbook play = Playbook.loggedIn();
        for (int i = 0; i < 5; i++) {
            play.play("C> #BAD_VERB\nC< 500 Command not understood.");
        }

        play.play("""
                C> #BAD_VERB
                . elapse 0.999s
                ~
                . elapse 0.001s
                C< 500 Command not understood.
                """);
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
        Playbook play = Playbook.cast().limits(Limits.builder().badCommands(1).build()).loggedIn();

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
