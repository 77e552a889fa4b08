package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.RemnantHandled;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.inspect.PartsOf;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.Remnant;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadRemnantTest {
    private static final TransferPolicy INSPECTED = TransferPolicy.NONE.inspectedBy(new PartsOf(Side.CLIENT));

    private static Playbook deleting() {
        return TransferExchangeTest.passive(Playbook.cast().transfers(INSPECTED.withRemnant(Remnant.DELETE)));
    }

    /** An upload that was rejected, whose final reply the server has not sent. */
    private static Playbook rejected() {
        return rejected(deleting(), "STOR in/f");
    }

    private static Playbook rejected(Playbook play, String upload) {
        return play.play("C> " + upload + "\nS< " + upload + """

                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . rejected 0 7
                ~
                """);
    }

    private static RemnantHandled handled(Playbook play) {
        return play.events().of(RemnantHandled.class).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"226 done", "426 connection reset", "451 cannot store"})
    void isDeletedBeforeTheClientGetsItsReply(String reply) {
        Playbook play = rejected().play("S> " + reply + """

                S< DELE in/f
                S> 250 deleted
                C< 550 Transfer rejected: signature X.
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);

        assertThat(play.events().of(RemnantHandled.class))
                .containsExactly(
                        new RemnantHandled(1, Optional.of("joe"), FtpVerb.STOR, "in/f", true, Optional.of(250), ""));
    }

    @Test
    void staysByDefault() {
        Playbook play = rejected(TransferExchangeTest.passive(Playbook.cast().transfers(INSPECTED)), "STOR f")
                .play("""
                        S> 426 connection reset
                        C< 550 Transfer rejected: signature X.
                        ~
                        """);

        assertThat(play.events().of(RemnantHandled.class)).isEmpty();
    }

    @Test
    void isDeletedWhereALimitCutTheUpload() {
        TransferTerms terms = new TransferTerms(List.of(), List.of(new ByteQuota(7)));
        TransferPolicy limited = (command, session) -> terms;

        TransferExchangeTest.passive(Playbook.cast().transfers(limited.withRemnant(Remnant.DELETE)))
                .play("""
                        C> STOR f
                        S< STOR f
                        S> 150 send it
                        C< 150 send it
                        . connected CLIENT
                        ! relay CLIENT limited
                        . ended OVER_LIMIT 0 7
                        S> 426 connection reset
                        S< DELE f
                        S> 250 deleted
                        C< 552 Transfer cut: more bytes than allowed.
                        """);
    }

    @Test
    void staysWhereTheClientCutTheUpload() {
        deleting().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . ended CLIENT_RESET 0 7
                S> 426 connection reset
                C< 426 connection reset
                ~
                """);
    }

    @Test
    void ofADownloadThereIsNone() {
        deleting().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER limited
                . rejected 7 0
                S> 426 connection reset
                C< 451 Transfer rejected: signature X.
                ~
                """);
    }

    @Test
    void isDeletedByThePathThatTheServerWasSent() {
        CommandFilter jail = command -> command.verb() == FtpVerb.STOR
                ? new Verdict.Replace(FtpCommand.of(FtpVerb.STOR, "/jail/" + command.argument()))
                : Verdict.allow();

        TransferExchangeTest.passive(Playbook.cast().filter(jail).transfers(INSPECTED.withRemnant(Remnant.DELETE)))
                .play("""
                        C> STOR f
                        S< STOR /jail/f
                        S> 150 send it
                        C< 150 send it
                        . connected CLIENT
                        ! relay CLIENT limited
                        . rejected 0 7
                        S> 426 connection reset
                        S< DELE /jail/f
                        S> 250 deleted
                        C< 550 Transfer rejected: signature X.
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "150 FILE: f.1|226 done|f.1",
                "125 FILE: a b |426 cut|a b",
                "150 send it|226 Transfer complete (unique file name:f.2).|f.2",
                "150 send it|250 FILE: f.3|f.3",
                "150 FILE: f.1|226 FILE: f.4|f.4"
            })
    void ofStouHasTheNameThatTheServerChose(String mark, String last, String name) {
        deleting().play("C> STOU\nS< STOU\nS> " + mark + "\nC< " + mark + """

                . connected CLIENT
                ! relay CLIENT limited
                . rejected 0 7
                S>\s""" + last + "\nS< DELE " + name + """

                S> 250 deleted
                C< 550 Transfer rejected: signature X.
                """);
    }

    @Test
    void ofStouStaysWhereItsNameIsUnknown() {
        Playbook play = rejected(deleting(), "STOU f").play("""
                S> 226 stored as you like
                C< 550 Transfer rejected: signature X.
                ~
                """);

        assertThat(handled(play).detail()).isEqualTo("its name is unknown");
    }

    @Test
    void staysWhereTheUploadAppended() {
        Playbook play = rejected(deleting(), "APPE f").play("""
                S> 426 cut
                C< 550 Transfer rejected: signature X.
                ~
                """);

        assertThat(handled(play).detail()).isEqualTo("the upload added to a file");
    }

    @Test
    void staysWhereTheUploadWasRestarted() {
        Playbook play = deleting().play("""
                C> REST 100
                S< REST 100
                S> 350 go on
                C< 350 go on
                """);

        rejected(play, "STOR f").play("""
                S> 426 cut
                C< 550 Transfer rejected: signature X.
                ~
                """);

        assertThat(handled(play).detail()).isEqualTo("the upload added to a file");
    }

    @Test
    void isDeletedWhereARestartWasOfAnEarlierTransfer() {
        Playbook play = deleting().play("""
                C> REST 100
                S< REST 100
                S> 350 go on
                C< 350 go on
                """);
        rejected(play, "STOR f").play("""
                S> 426 cut
                C< 550 Transfer rejected: signature X.
                """);
        play.play(DataPorts.AGREED_BY_PASV);

        rejected(play, "STOR g").play("""
                S> 426 cut
                S< DELE g
                """);
    }

    /** A file of that name may be there, which the server does not replace. */
    @Test
    void staysWhereTheServerHasNotBegunTheTransfer() {
        Playbook play = deleting().play("""
                C> STOR f
                S< STOR f
                . connected CLIENT
                . readable CLIENT
                ! relay CLIENT limited
                . rejected 0 0
                S> 553 file exists
                C< 553 file exists
                ~
                """);

        assertThat(handled(play).detail()).isEqualTo("the server did not begin the transfer");
    }

    @Test
    void reportsARefusalOfTheServer() {
        Playbook play = rejected().play("""
                S> 426 cut
                S< DELE in/f
                S> 550 no such file
                C< 550 Transfer rejected: signature X.
                """);

        assertThat(handled(play))
                .isEqualTo(new RemnantHandled(
                        1, Optional.of("joe"), FtpVerb.STOR, "in/f", false, Optional.of(550), "the server refused"));
    }

    @Test
    void takesNoLateReplyToTheUploadForTheOneToItsDeletion() {
        rejected().play("""
                S> 426 cut
                S< DELE in/f
                S> 150 late
                S> 226 done
                ~
                S> 250-deleted
                S> 250 indeed
                C< 550 Transfer rejected: signature X.
                ~
                """);
    }

    @Test
    void commandsOfTheClientWaitForItsDeletion() {
        rejected().play("""
                C> NOOP
                S> 426 cut
                S< DELE in/f
                C> ABOR
                ~
                S> 250 deleted
                C< 550 Transfer rejected: signature X.
                S< NOOP
                S> 200 ok
                C< 200 ok
                S< ABOR
                """);
    }

    /** A server that replies late must not have its reply taken for that to the next command. */
    @Test
    void aSlowServerDelaysTheNextCommandAndNotTheReply() {
        rejected().play("""
                S> 426 cut
                S< DELE in/f
                . elapse 4s
                ~
                . elapse 1s
                C< 550 Transfer rejected: signature X.
                C> NOOP
                ~
                S> 550 too late
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void aServerThatNeverRepliesToTheDeletionEndsTheSession() {
        Playbook play = rejected().play("""
                S> 426 cut
                S< DELE in/f
                . elapse 5s
                C< 550 Transfer rejected: signature X.
                C> NOOP
                . elapse 1h
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(handled(play).detail()).isEqualTo("the session ended");
    }

    @Test
    void staysWhereTheServerNeverRepliesToTheUpload() {
        Playbook play = rejected().play("""
                . elapse 5s
                C< 550 Transfer rejected: signature X.
                ~
                """);

        assertThat(handled(play).detail()).isEqualTo("the server did not reply to the upload");
    }

    @Test
    void theClientGetsItsReplyWhereTheServerClosesInPlaceOfDeleting() {
        Playbook play = rejected().play("""
                S> 426 cut
                S< DELE in/f
                . server-gone
                . elapse 0s
                C< 550 Transfer rejected: signature X.
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(handled(play).detail()).isEqualTo("the server closed the connection");
    }

    @Test
    void theClientGetsWhyWhereTheServerSaysGoodbyeInPlaceOfDeleting() {
        Playbook play = rejected().play("""
                S> 426 cut
                S< DELE in/f
                S> 421 bye
                C< 421 bye
                ! end
                """);

        assertThat(play.events().of(TransferFinished.class)).hasSize(1);
    }

    @Test
    void isDeletedBehindAnAbortion() {
        rejected().play("""
                C> ABOR
                S< !ABOR
                S> 426 cut
                C< 550 Transfer rejected: signature X.
                S> 226 aborted
                C< 226 aborted
                S< DELE in/f
                C> NOOP
                ~
                S> 250 deleted
                S< NOOP
                """);
    }

    @Test
    void isDeletedThoughTheClientHasLeft() {
        Playbook play = rejected().play("""
                . client-gone
                S> 426 cut
                S< DELE in/f
                S> 250 deleted
                ! end
                """);

        assertThat(handled(play).deleted()).isTrue();
    }

    @Test
    void isDeletedThoughTheClientLeftBeforeTheVerdict() {
        Playbook play = deleting().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . client-gone
                ! cut-unless-sent
                . rejected 0 7
                S> 426 cut
                S< DELE f
                S> 250 deleted
                ! end
                """);

        assertThat(play.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void anEndOfTheSessionEndsItsDeletion() {
        Playbook play = rejected().play("""
                S> 426 cut
                S< DELE in/f
                . stop-now
                C< 550 Transfer rejected: signature X.
                C< 421 The gateway is shutting down.
                ! end
                """);

        assertThat(handled(play).detail()).isEqualTo("the session ended");
    }
}
