package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static io.ftpalg.session.transfer.OvertakingCommandsTest.ABORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What waits, what overtakes, what is filtered, and what ends the session behind an answer. */
class CommandDispatcherTest {

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
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void asksTheFilterFirstAndNeverForwardsWhatItRefuses() {
        Playbook.cast()
                .filter(CommandFilter.deny(Set.of(FtpVerb.CWD)))
                .loggedIn()
                .play("""
                C> CWD x
                C< 502 Command not allowed.
                C> XCWD x
                C< 502 Command not allowed.
                C> CDUP
                S< CDUP
                """);
    }

    @Test
    void aRefusalWith421EndsTheSession() {
        CommandFilter filter = command -> command.verb() == FtpVerb.CWD
                ? new Verdict.Refuse(FtpReply.of(421, "Too many."), "session-limit")
                : Verdict.allow();

        Playbook play = Playbook.cast().filter(filter).loggedIn().play("""
                C> CWD x
                C< 421 Too many.
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SESSION_LIMIT);
    }

    @Test
    void handlesWhatTheFilterPutsInPlace() {
        CommandFilter filter = command ->
                command.verb() == FtpVerb.DELE ? new Verdict.Replace(FtpCommand.of(FtpVerb.NOOP)) : Verdict.allow();

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

    /** Clients keep the control connection alive by NOOPs through a transfer, and want one reply each behind it. */
    @Test
    void readsOnBehindNoopsInATransferAndAnswersEachBehindIt() {
        Playbook play = TransferExchangeTest.downloading();
        for (int i = 0; i < 500; i++) {
            play.play("C> NOOP\n~");
        }

        play.play("""
                C> STAT
                S< !STAT
                S> 211 status
                C< 211 status
                C> PWD
                S> 226 done
                . ended COMPLETE 10 0
                C< 226 done
                S< NOOP
                """);
        for (int i = 0; i < 499; i++) {
            play.play("S> 200 ok\nC< 200 ok\nS< NOOP");
        }
        play.play("S> 200 ok\nC< 200 ok\nS< PWD");
    }

    @Test
    void receivesAborBehindNoopsInATransfer() {
        Playbook play = TransferExchangeTest.downloading();
        for (int i = 0; i < 80; i++) {
            play.play("C> NOOP\n~");
        }

        play.play(ABORTED + """
                S< NOOP
                """);
    }

    /** A client that pipelined a full queue was paused; with the transfer in flight it is read again, for its ABOR. */
    @Test
    void readsOnWhenTheTransferBehindAFullQueueBegins() {
        Playbook play = TransferExchangeTest.passive().play("C> CWD d\nS< CWD d\nC> RETR f");
        for (int i = 0; i < 62; i++) {
            play.play("C> SIZE " + i);
        }

        play.play("""
                C> SIZE last
                ! pause
                S> 250 ok
                C< 250 ok
                S< RETR f
                ! resume
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                """);
    }

    /** Nor may a client fill the memory in a transfer. */
    @Test
    void pausesTheClientAt64KiBOfWaitingCommandsInATransfer() {
        Playbook play = TransferExchangeTest.downloading();
        String path = "x".repeat(8192 - 6 - 64);
        for (int i = 0; i < 7; i++) {
            play.play("C> CWD " + path + "\n~");
        }

        play.play("C> CWD " + path.substring(1) + "\n~");
        play.play("C> NOOP\n! pause");
    }

    /** What a client sent before it ended is answered, but a server that does not answer is not waited for as ever. */
    @Test
    void waitsAShortTimeForAServerWhoseClientHasEnded() {
        Playbook play = Playbook.loggedIn().play("""
                C> PWD
                S< PWD
                . client-fin
                . elapse 4s
                S> 257-one
                C< 257-one
                . elapse 4.999s
                ~
                . elapse 0.001s
                C< 257 (cut)
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void waitsAShortTimeForEachAnswerToAClientThatHasEnded() {
        Playbook.loggedIn().play("""
                C> PWD
                S< PWD
                C> NOOP
                . client-fin
                . elapse 4s
                S> 257 here
                C< 257 here
                S< NOOP
                . elapse 5s
                C< 421 No reply from the server.
                ! end
                """);
    }

    /** P18: what makes the gateway write to a client that does not read waits. */
    @Test
    void takesUpNothingWhileTheClientDoesNotRead() {
        Playbook.loggedIn().play("""
                . unread CLIENT
                C> EPSV ALL
                C> NOOP
                C> #BAD_VERB
                . elapse 299s
                ~
                . reads CLIENT
                C< 200 EPSV ALL accepted.
                S< NOOP
                S> 200 ok
                C< 200 ok
                C< 500 Command not understood.
                """);
    }

    @Test
    void takesUpNothingBehindAnAnswerThatTheClientDoesNotRead() {
        Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                C> PWD
                . unread CLIENT
                S> 200 ok
                C< 200 ok
                ~
                . reads CLIENT
                S< PWD
                """);
    }

    @Test
    void takesUpNothingBeforeTheLoginEither() {
        Playbook.cast().forward().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                . unread CLIENT
                C> NOOP
                C> REIN
                ~
                . reads CLIENT
                C< 200 OK.
                C< 220 Ready for a new user.
                """);
    }

    /** A server that answers without reading its commands would make them pile up. */
    @Test
    void takesUpNothingWhileTheServerDoesNotRead() {
        Playbook.loggedIn().play("""
                . unread SERVER
                C> NOOP
                ~
                . reads SERVER
                S< NOOP
                """);
    }

    /** Not reading holds no session for ever, whatever the client sent before. */
    @Test
    void endsASessionWhoseClientDoesNotReadForFiveMinutes() {
        Playbook play = Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                C> NOOP
                . unread CLIENT
                S> 200 ok
                C< 200 ok
                . elapse 299.999s
                ~
                . elapse 0.001s
                C< 421 Replies were not read in time.
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_STALLED);
    }

    @Test
    void endsASessionWhoseServerDoesNotReadForFiveMinutes() {
        Playbook play = Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                . unread SERVER
                . elapse 300s
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_SILENT);
    }

    @Test
    void countsTheTimeAnewForAClientThatReadAgain() {
        Playbook.loggedIn().play("""
                C> NOOP
                S< NOOP
                . unread CLIENT
                . elapse 299s
                . reads CLIENT
                . unread CLIENT
                . elapse 299s
                ~
                """);
    }

    @Test
    void endsForAClientThatIsGoneOrAStopAlthoughItDoesNotRead() {
        Playbook.loggedIn().play("""
                . unread CLIENT
                C> NOOP
                . client-gone
                ! end
                """);
        Playbook.loggedIn().play("""
                . unread CLIENT
                . stop
                C< 421 The gateway is shutting down.
                S< QUIT
                ! end
                """);
    }

    /** What had come before the client stopped reading. */
    @Test
    void abortsATransferAlthoughTheClientDoesNotRead() {
        TransferExchangeTest.downloading().play("""
                . unread CLIENT
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                """);
    }
}
