package io.ftpalg.session.transfer;

import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_EPSV;
import static io.ftpalg.session.transfer.DataPorts.AGREED_WITHOUT_DIALLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.FtpSessionTest;
import io.ftpalg.session.Playbook;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** D20, D24: ABOR and STAT at every position. */
public class OvertakingCommandsTest {

    /** A download is aborted in mid-data, and the server has sent both replies. */
    public static final String ABORTED = """
            C> ABOR
            S< !ABOR
            ! abort-relay soon
            . ended ABORTED 5 0
            S> 426 cut
            C< 426 cut
            S> 226 aborted
            C< 226 aborted
            """;

    private static Playbook requested(Playbook play) {
        return play.play("""
                C> RETR f
                S< RETR f
                """);
    }

    @Test
    void passesAnIdleAbor() {
        Playbook.loggedIn().play("""
                C> ABOR
                S< ABOR
                S> 225 nothing to abort
                C< 225 nothing to abort
                ~
                """);
    }

    private static Playbook aborNeverAnswered() {
        return TransferExchangeTest.downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                . ended ABORTED 10 0
                . elapse 5s
                C< 426 Connection closed; transfer aborted.
                C< 226 Abort successful.
                """);
    }

    /** The answer to CWD looks like what a server says of a transfer. */
    @Test
    void answersTheNextCommandThoughTheServerNeverAnsweredTheAbor() {
        aborNeverAnswered().play("""
                C> CWD x
                S< CWD x
                S> 250 Directory changed
                . elapse 4.999s
                ~
                . elapse 0.001s
                C< 250 Directory changed
                C> CWD y
                S< CWD y
                S> 250 And again
                C< 250 And again
                """);
    }

    @Test
    void dropsTheAnswersToAnAborThatComeBehindTheNextCommand() {
        aborNeverAnswered().play("""
                C> CWD x
                S< CWD x
                S> 426 cut
                S> 226-aborted
                S> 226 indeed
                ~
                S> 250 Directory changed
                C< 250 Directory changed
                . elapse 5s
                ~
                """);
    }

    @Test
    void answersAnAborBeforeTheServerKnowsOfTheTransfer() {
        Playbook.cast().late().loggedIn().play(AGREED_WITHOUT_DIALLING + """
                C> RETR f
                ! dial SERVER 127.0.0.2 51210
                C> STAT
                C> ABOR
                ! close CLIENT
                ! close SERVER
                C< 426 Connection closed; transfer aborted.
                C< 226 Abort successful.
                S< STAT
                """);
    }

    @Test
    void abortsBeforeTheMark() {
        requested(TransferExchangeTest.passive()).play("""
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                S> 426 cut
                C< 426 cut
                S> 226 aborted
                C< 226 aborted
                ~
                """);
    }

    @Test
    void abortsBetweenTheMarkAndTheData() {
        TransferExchangeTest.announced().play("""
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                S> 426 cut
                C< 426 cut
                S> 226 aborted
                C< 226 aborted
                . elapse 120s
                ~
                """);
    }

    @Test
    void abortsBetweenTheDataAndTheFinalReply() {
        TransferExchangeTest.downloading().play("""
                . ended COMPLETE 10 0
                C> ABOR
                S< !ABOR
                S> 226 done
                C< 226 done
                S> 225 nothing to abort
                C< 225 nothing to abort
                ~
                """);
    }

    @Test
    void abortsBehindAHeld226WhileTheDataMoves() {
        TransferExchangeTest.downloading().play("""
                S> 226 done
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                S> 225 nothing to abort
                ~
                . ended ABORTED 5 0
                C< 426 Connection closed; transfer aborted.
                C< 225 nothing to abort
                ~
                """);
    }

    @Test
    void abortsBehindAHeld226ThatWaitsForTheClient() {
        TransferExchangeTest.announced().play("""
                S> 226 done
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                C< 426 Connection closed; transfer aborted.
                S> 225 nothing to abort
                C< 225 nothing to abort
                ~
                """);
    }

    @Test
    void sendsTheSecondAborOnceTheFirstIsAnswered() {
        TransferExchangeTest.downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                C> ABOR
                . ended ABORTED 5 0
                S> 426 cut
                C< 426 cut
                S> 226 aborted
                C< 226 aborted
                S< ABOR
                S> 225 nothing to abort
                C< 225 nothing to abort
                """);
    }

    @Test
    void answersTheAborOfAServerThatSaysOneReplyOnly() {
        TransferExchangeTest.downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                . ended ABORTED 5 0
                S> 226 aborted
                C< 426 Connection closed; transfer aborted.
                C< 226 aborted
                C> PWD
                S< PWD
                S> 257 here
                C< 257 here
                """);
    }

    /** ProFTPD Bug 4252 shows an extra 450. */
    @Test
    void dropsTheThirdReplyToAnAbor() {
        TransferExchangeTest.downloading().play(ABORTED + """
                S> 450 extra
                ~
                C> NOOP
                S< NOOP
                """);
    }

    /** The grace begins when the data are cut, not while the relay still ends. */
    @Test
    void dropsAllThatComesTooLate() {
        requested(TransferExchangeTest.passive()).play("""
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                . elapse 5s
                C< 426 Connection closed; transfer aborted.
                C< 226 Abort successful.
                C> NOOP
                S< NOOP
                S> 150 late
                S> 426 late
                S> 226-late
                S> 226 late
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void dropsTheRestOfAReplyThatBeganInTime() {
        requested(TransferExchangeTest.passive()).play("""
                C> ABOR
                S< !ABOR
                ! abort CLIENT
                ! abort SERVER
                S> 426 cut
                C< 426 cut
                S> 226-abo
                . elapse 5s
                C< 226 Abort successful.
                C> NOOP
                S< NOOP
                S> rted
                S> 226 aborted
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void passesStatusInMidTransfer() {
        TransferExchangeTest.downloading().play("""
                C> STAT
                S< !STAT
                S> 213-status
                S> 226 not the end
                S> 213 end
                C< 213-status
                C< 226 not the end
                C< 213 end
                . ended COMPLETE 10 0
                S> 226 done
                C< 226 done
                ~
                """);
    }

    /** Servers that read no command in mid-transfer answer STAT behind it. */
    @Test
    void waitsForTheStatusBehindTheTransfer() {
        TransferExchangeTest.downloading().play("""
                C> STAT
                S< !STAT
                S> 226 done
                . ended COMPLETE 10 0
                C< 226 done
                S> 211 status
                C< 211 status
                C> NOOP
                S< NOOP
                """);
    }

    /** The final reply must not come in the middle of the status. */
    @Test
    void passesAStatusWhole() {
        TransferExchangeTest.downloading().play("""
                S> 226 done
                C> STAT
                S< !STAT
                S> 211-status
                . ended COMPLETE 10 0
                C< 226 done
                S> 211 end
                C< 211-status
                C< 211 end
                """);
    }

    @Test
    void takesARefusedTransferForWhatItIsThoughAStatWaits() {
        requested(TransferExchangeTest.passive()).play("""
                C> STAT
                S< !STAT
                S> 501 bad name
                C< 501 bad name
                S> 502 STAT?
                C< 502 STAT?
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void takesARefusedStatusInMidTransfer() {
        TransferExchangeTest.downloading().play("""
                C> STAT
                S< !STAT
                S> 502 STAT?
                C< 502 STAT?
                S> 226 done
                ~
                """);
    }

    @Test
    void answersStatAndAbor() {
        TransferExchangeTest.downloading().play("""
                C> STAT
                S< !STAT
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                . ended ABORTED 5 0
                S> 211 status
                C< 211 status
                S> 426 cut
                C< 426 cut
                S> 226 aborted
                C< 226 aborted
                ~
                """);
    }

    /** Each verb once: a flood of STAT waits like any other. */
    @Test
    void sendsOneStatAtATime() {
        TransferExchangeTest.downloading().play("""
                C> STAT 1
                S< !STAT 1
                C> STAT 2
                C> STAT 3
                ~
                S> 211 one
                C< 211 one
                S> 226 done
                . ended COMPLETE 10 0
                C< 226 done
                S< STAT 2
                """);
    }

    @Test
    void answersAStatThatWaitedWhenTheClientNeverConnected() {
        TransferExchangeTest.announced().play("""
                C> STAT
                S< !STAT
                S> 226 done
                . elapse 60s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                S> 211 status
                C< 211 status
                C> NOOP
                S< NOOP
                """);
    }

    /** The wait for the data ends with the refusal: the client must not hear a second answer. */
    @Test
    void forgetsTheWaitForDataOfAFailedTransfer() {
        TransferExchangeTest.announced().play("""
                C> STAT
                S< !STAT
                S> 451 local error
                ! abort CLIENT
                ! abort SERVER
                C< 451 local error
                . elapse 60s
                ~
                S> 211 status
                C< 211 status
                """);
    }

    @Test
    void asksTheFilterInMidTransferToo() {
        Playbook.Cast cast = Playbook.cast().filter(CommandFilter.deny(Set.of(FtpVerb.STAT)));

        requested(TransferExchangeTest.passive(cast)).play("""
                C> STAT
                C< 502 Command not allowed.
                ~
                """);
    }

    /** A transfer is answered once, even if its data connection fails while a STAT is still to be answered. */
    @Test
    void aDataConnectionThatFailsBehindTheFinalReplyIsNoSecondAnswer() {
        Playbook.loggedIn().play(AGREED_BY_EPSV + """
                C> RETR f
                S< RETR f
                C> STAT
                S< !STAT
                S> 550 no such file
                C< 550 no such file
                . failed CLIENT
                ! close SERVER
                S> 211 fine
                C< 211 fine
                C> NOOP
                S< NOOP
                """);
    }

    /** They were kept until the transfer ended: a hostile server filled the memory with them. */
    @Test
    void keepsNoReplyThatAnswersNothing() {
        Playbook play = TransferExchangeTest.downloading(Playbook.cast()
                        .limits(Limits.builder().unsolicitedReplies(2).build()))
                .play("""
                S> 226 done
                S> 226 done again
                S> 200 anything
                ~
                S> 200 more
                ! abort-relay
                C< 426 Connection closed; transfer aborted.
                C< 421 The server sends unsolicited replies.
                . ended ABORTED 0 0
                ! end
                """);

        assertThat(FtpSessionTest.cause(play)).isEqualTo(CloseCause.TOO_MANY_REPLIES);
    }
}
