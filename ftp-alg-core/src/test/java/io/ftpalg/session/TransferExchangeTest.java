package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import org.junit.jupiter.api.Test;

/** Transfers, and the gate between their data and their final reply. */
class TransferExchangeTest {

    /** A session that agreed on passive mode with both sides; the client has not connected yet. */
    static Playbook passive() {
        return Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (127,0,0,2,200,10)
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                """);
    }

    private static Playbook downloading() {
        return passive().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here it comes
                C< 150 here it comes
                ! relay SERVER
                """);
    }

    private static Playbook uploading() {
        return passive().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT
                """);
    }

    @Test
    void holdsThePositiveReplyUntilTheDataIsThrough() {
        Playbook play = downloading().play("""
                S> 226 done
                ~
                . ended COMPLETE 10 0
                C< 226 done
                ~
                """);

        assertThat(play.events().of(TransferFinished.class)).singleElement().satisfies(finished -> {
            assertThat(finished.end()).isEqualTo(TransferEnd.COMPLETE);
            assertThat(finished.bytesToClient()).isEqualTo(10);
            assertThat(finished.sent()).contains(226);
            assertThat(finished.received()).contains(226);
        });
    }

    @Test
    void tellsAFailureWhereTheDataWasCutThoughTheServerSaysDone() {
        uploading().play("""
                . ended CLIENT_RESET 0 7
                ~
                S> 226 done
                C< 426 Connection closed; transfer aborted.
                """);
    }

    @Test
    void passesARefusalAtOnceAndKeepsTheDataPort() {
        passive().play("""
                C> RETR missing
                S< RETR missing
                . connected CLIENT
                S> 550 no such file
                C< 550 no such file
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                ! relay SERVER
                """);
    }

    @Test
    void cutsTheUploadWhenTheServerHasEnough() {
        uploading().play("""
                S> 552 quota
                ! abort-relay
                . ended ABORTED 0 7
                C< 552 quota
                """);
    }

    @Test
    void answersBothWhenATransferIsAborted() {
        downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay
                . ended ABORTED 5 0
                S> 426 cut
                C< 426 cut
                S> 226 aborted
                C< 226 aborted
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void tellsThatAnAbortWorkedWhateverTheServerThinksOfTheCommand() {
        downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay
                . ended ABORTED 5 0
                S> 426 cut
                C< 426 cut
                S> 501 Invalid character in command
                C< 226 Abort successful.
                ~
                """);
    }

    @Test
    void sortsTheAnswersOfAServerThatAnswersTheAbortFirst() {
        uploading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay
                . ended ABORTED 0 5
                S> 226 Abort successful
                C< 426 Connection closed; transfer aborted.
                C< 226 Abort successful
                C> NOOP
                S< NOOP
                S> 426-Transfer aborted.
                S> 426 Data connection closed
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void answersInPlaceOfAServerThatIgnoresAnAbort() {
        downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay
                . ended ABORTED 5 0
                . elapse 5s
                C< 426 Connection closed; transfer aborted.
                C< 226 Abort successful.
                C> NOOP
                S< NOOP
                S> 426 late
                S> 225 later
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void waitsForALateClientAfterAnEarly226() {
        passive().play("""
                C> RETR tiny
                S< RETR tiny
                S> 150 here
                C< 150 here
                S> 226 done
                ~
                . elapse 3s
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 3 0
                C< 226 done
                """);
    }

    @Test
    void givesUpOnAClientThatNeverConnects() {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . elapse 60s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                S> 426 cut
                ~
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void cutsTheTransferWhenTheClientIsGone() {
        uploading().play("""
                . client-gone
                ! abort-relay
                . ended ABORTED 0 7
                ! end
                """);
    }

    @Test
    void doesNotCountATransferAsCompleteThatNobodyConfirmed() {
        Playbook play = uploading().play("""
                . ended COMPLETE 0 7
                ~
                . client-fin
                ! end
                """);

        assertThat(play.events().of(TransferFinished.class)).singleElement()
                .satisfies(finished -> assertThat(finished.end()).isEqualTo(TransferEnd.SESSION_CLOSED));
    }

    @Test
    void finishesTheTransferBeforeAQuit() {
        downloading().play("""
                C> QUIT
                . client-fin
                S> 226 done
                . ended COMPLETE 10 0
                C< 226 done
                S< QUIT
                S> 221 bye
                C< 221 bye
                ! end
                """);
    }

    @Test
    void tellsTheClientThatTheServerIsGone() {
        downloading().play("""
                . server-gone
                ! abort-relay
                C< 426 Connection closed; transfer aborted.
                C< 421 The server closed the control connection.
                . ended ABORTED 3 0
                ! end
                """);
    }
}
