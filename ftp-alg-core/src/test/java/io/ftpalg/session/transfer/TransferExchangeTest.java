package io.ftpalg.session.transfer;

import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_PASV;
import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_PORT;
import static io.ftpalg.session.transfer.DataPorts.AGREED_WITH_AN_ACTIVE_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ftpalg.policy.AlgListener.CommandDenied;
import io.ftpalg.policy.AlgListener.InspectionEnded;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.inspect.Scripted;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.transfer.ByteQuota;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSessionTest;
import io.ftpalg.session.Playbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers, and the gate between their data and their final reply. */
public class TransferExchangeTest {

    /** A session that agreed on passive mode with both sides; the client has not connected yet. */
    public static Playbook passive() {
        return passive(Playbook.cast());
    }

    public static Playbook passive(Playbook.Cast cast) {
        return cast.loggedIn().play(AGREED_BY_PASV);
    }

    /** A download that the server has announced, and whose client has not connected yet. */
    static Playbook announced() {
        return passive().play("""
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                """);
    }

    /** A download in mid-data. */
    public static Playbook downloading() {
        return downloading(Playbook.cast());
    }

    public static Playbook downloading(Playbook.Cast cast) {
        return passive(cast).play("""
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
                ! abort-relay soon
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

    /** Its data connection stays until it has received the ABOR, or it would take half a file for a whole one. */
    @Test
    void cutsAnAbortedUploadWhenTheServerReplies() {
        Playbook play = uploading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                S> 426 cut
                ! abort-relay
                S> 226 aborted
                ~
                . ended ABORTED 0 5
                C< 426 cut
                C< 226 aborted
                C> NOOP
                S< NOOP
                """);

        assertThat(play.events().of(TransferFinished.class))
                .extracting(TransferFinished::end)
                .containsExactly(TransferEnd.ABORTED);
    }

    @Test
    void sendsWhyTheGatewayCutAnUploadInPlaceOfTheServersReply() {
        Playbook play = limited().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . ended OVER_LIMIT 0 7
                S> 426 connection reset
                C< 552 Transfer cut: more bytes than allowed.
                C> NOOP
                S< NOOP
                """);

        assertThat(play.events().of(TransferFinished.class))
                .extracting(
                        TransferFinished::end, finished -> finished.received().orElseThrow())
                .containsExactly(tuple(TransferEnd.OVER_LIMIT, 426));
    }

    private static Playbook permitted(FtpVerb verb) {
        TransferPermit permit = new TransferPermit(Optional.of(7L), Optional.empty());
        return passive(Playbook.cast()
                .filter(command -> command.verb() == verb ? new Verdict.Allow(permit) : Verdict.allow()));
    }

    @Test
    void limitsATransferToWhatTheFilterPermits() {
        permitted(FtpVerb.STOR).play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . ended OVER_LIMIT 0 7
                S> 426 connection reset
                C< 552 Transfer cut: more bytes than allowed.
                """);
    }

    @Test
    void limitsNoList() {
        permitted(FtpVerb.LIST).play("""
                C> LIST
                S< LIST
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER
                """);
    }

    @Test
    void limitsNoTransferBehindOneThatWasLimited() {
        permitted(FtpVerb.NOOP).play("""
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER
                """);
    }

    @Test
    void sendsWhyTheGatewayCutADownload() {
        limited().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER limited
                . ended OVER_LIMIT 7 0
                S> 226 done
                C< 451 Transfer cut: more bytes than allowed.
                """);
    }

    @Test
    void sendsWhyAnUploadWasRejectedInPlaceOfTheServersReply() {
        Playbook play = inspected().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . connected CLIENT
                ! relay CLIENT limited
                . rejected 0 7
                S> 226 done
                C< 550 Transfer rejected: signature X.
                C> NOOP
                S< NOOP
                """);

        assertThat(play.events().of(InspectionEnded.class))
                .containsExactly(new InspectionEnded(
                        1,
                        Optional.of("joe"),
                        FtpVerb.STOR,
                        "f",
                        Side.CLIENT,
                        TransferEnd.REJECTED,
                        Optional.of("signature X"),
                        Map.of("bytes", "0")));
    }

    @Test
    void sendsWhyADownloadWasRejected() {
        inspected().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER limited
                . rejected 7 0
                S> 426 connection reset
                C< 451 Transfer rejected: signature X.
                """);
    }

    @Test
    void reportsTheFindingsOfWhatPassed() {
        Playbook play = inspected().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER limited
                . ended COMPLETE 7 0
                S> 226 done
                C< 226 done
                """);

        assertThat(play.events().of(InspectionEnded.class))
                .extracting(InspectionEnded::end, InspectionEnded::sender, InspectionEnded::findings)
                .containsExactly(tuple(TransferEnd.COMPLETE, Side.SERVER, Map.of("bytes", "0")));
    }

    /** Some clients repeat what gets 451, without end. */
    @Test
    void refusesTheSameDownloadOnceBeforeItsData() {
        Playbook play = inspected().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 150 here
                C< 150 here
                ! relay SERVER limited
                . rejected 7 0
                S> 426 connection reset
                C< 451 Transfer rejected: signature X.
                """);

        play.play(DataPorts.AGREED_BY_PASV).play("""
                C> RETR f
                C< 550 Transfer rejected: signature X.
                C> RETR f
                S< RETR f
                ~
                """);
        assertThat(play.events().of(CommandDenied.class))
                .extracting(CommandDenied::rule, CommandDenied::path, CommandDenied::code)
                .containsExactly(tuple(Optional.of("inspection"), Optional.of("f"), 550));
    }

    @Test
    void refusesModesThatAnInspectionCannotRead() {
        Playbook play = inspected().play("""
                C> MODE Z
                C< 504 Parameter not supported.
                C> MODE S
                S< MODE S
                S> 200 ok
                C< 200 ok
                """);

        assertThat(play.events().of(CommandDenied.class))
                .extracting(CommandDenied::rule, CommandDenied::verb)
                .containsExactly(tuple(Optional.of("inspection"), FtpVerb.MODE));
    }

    private static Playbook inspected() {
        return passive(
                Playbook.cast().transfers(TransferPolicy.NONE.inspectedBy(transfer -> Optional.of(new Scripted()))));
    }

    private static Playbook limited() {
        TransferTerms terms = new TransferTerms(List.of(new ByteQuota(7)), List.of(new ByteQuota(7)));
        return passive(Playbook.cast().transfers((command, session) -> terms));
    }

    @Test
    void asksForTheTermsOfEachTransferWithWhatIsKnownOfItsSession() {
        List<String> asked = new ArrayList<>();

        downloading(Playbook.cast().transfers((command, session) -> {
            asked.add(command + " " + session.user().orElse("") + " " + session.client());
            return TransferTerms.NONE;
        }));

        assertThat(asked).containsExactly("RETR f joe " + Playbook.CLIENT);
    }

    @Test
    void passesNoSuccessOfAServerThatMissedTheAbort() {
        uploading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                S> 226 Transfer complete
                . ended ABORTED 0 5
                C< 426 Connection closed; transfer aborted.
                C< 226 Transfer complete
                S> 225 nothing to abort
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void tellsThatAnAbortWorkedWhateverTheServerThinksOfTheCommand() {
        downloading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
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
                ! abort-relay soon
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
                ! abort-relay soon
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

    /** The client itself, behind a NAT that changes its address: it will not come. */
    @Test
    void givesUpSoonOnceAnUnexpectedPeerCame() {
        Playbook play = announced().play("""
                . elapse 10s
                . unexpected CLIENT
                ~
                . elapse 3s
                . unexpected CLIENT
                . elapse 1.999s
                ~
                . elapse 0.001s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(Rejected.class))
                .extracting(Rejected::reason, Rejected::peer)
                .containsOnly(tuple(Reason.FOREIGN_DATA_PEER, Playbook.UNEXPECTED))
                .hasSize(2);
    }

    /** Clients that connect before they send the command. */
    @Test
    void givesUpSoonWhereTheUnexpectedPeerCameBeforeTheMark() {
        passive().play("""
                . unexpected CLIENT
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . elapse 4.999s
                ~
                . elapse 0.001s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);
    }

    /** A port scan harms no transfer whose peer comes in time, before or behind it. */
    @Test
    void isNotStoppedByAnUnexpectedPeerWhereTheExpectedOneComes() {
        passive().play("""
                C> RETR f
                S< RETR f
                . unexpected CLIENT
                S> 150 here
                C< 150 here
                . unexpected CLIENT
                . elapse 4.9s
                . connected CLIENT
                ! relay SERVER
                . elapse 60s
                ~
                . ended COMPLETE 5 0
                S> 226 done
                C< 226 done
                """);
    }

    /** The server of an active transfer that comes from another address of its own. */
    @Test
    void givesUpSoonOnAServerThatComesFromAnotherAddress() {
        Playbook.loggedIn().play(AGREED_BY_PORT + """
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . unexpected SERVER
                . elapse 5s
                ! abort SERVER
                C< 425 Can't open data connection.
                """);
    }

    /** A wait that is shorter anyway does not begin again. */
    @Test
    void waitsNoLongerForAnUnexpectedPeer() {
        Playbook.cast()
                .limits(Limits.builder()
                        .dataAcceptTimeout(Duration.ofSeconds(3))
                        .build())
                .loggedIn()
                .play(AGREED_BY_PORT + """
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . elapse 2s
                . unexpected SERVER
                . elapse 1s
                ! abort SERVER
                C< 425 Can't open data connection.
                """);
    }

    @Test
    void givesUpOnAClientThatNeverConnects() {
        announced().play("""
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
    void cutsTheDownloadWhenTheClientIsGone() {
        Playbook play = downloading().play("""
                . client-gone
                ! abort-relay
                . ended ABORTED 7 0
                ! end
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.SESSION_CLOSED);
    }

    @Test
    void cutsTheUploadOfAClientThatIsGoneUnlessAllOfItWasSent() {
        Playbook play = uploading().play("""
                . client-gone
                ! cut-unless-sent
                ~
                . ended ABORTED 0 7
                ! end
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.SESSION_CLOSED);
        assertThat(finished(play).sent()).isEmpty();
        assertThat(FtpSessionTest.cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    /** Cameras and scanners close both connections at once. */
    @Test
    void continuesAnUploadThatWasSentCompletelyWhenTheClientIsGone() {
        Playbook play = uploading().play("""
                C> NOOP
                . client-gone
                ! cut-unless-sent
                . client-gone
                ~
                . ended COMPLETE 0 7
                ~
                S> 226 stored
                ! end
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.COMPLETE);
        assertThat(finished(play).received()).contains(226);
        assertThat(finished(play).sent()).isEmpty();
    }

    /** It may have shut down one direction only, and read on. */
    @Test
    void answersAnUploadWhoseClientWillSendNoMore() {
        Playbook play = uploading().play("""
                . client-fin
                ! cut-unless-sent
                . ended COMPLETE 0 7
                S> 226 stored
                C< 226 stored
                ! end
                """);

        assertThat(finished(play).sent()).contains(226);
    }

    @Test
    void awaitsTheFinalReplyToAnUploadWhoseClientIsGoneOnlySoLong() {
        Playbook play = uploading().play("""
                . ended COMPLETE 0 7
                . client-fin
                . elapse 3600s
                C< 426 Connection closed; transfer aborted.
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.SESSION_CLOSED);
    }

    /** A whole small file may have arrived before the server announced that it takes it. */
    @Test
    void continuesAnUploadWhoseClientWasGoneBeforeTheMark() {
        Playbook play = passive().play("""
                C> STOR f
                S< STOR f
                . connected CLIENT
                . client-gone
                ~
                S> 150 send it
                ! relay CLIENT
                ! cut-unless-sent
                . ended COMPLETE 0 7
                S> 226 stored
                ! end
                """);

        assertThat(finished(play).end()).isEqualTo(TransferEnd.COMPLETE);
    }

    @Test
    void endsWithAClientThatIsGoneBeforeItConnectedItsUpload() {
        passive().play("""
                C> STOR f
                S< STOR f
                S> 150 send it
                C< 150 send it
                . client-gone
                ! abort CLIENT
                ! abort SERVER
                ! end
                """);
    }

    /** An abort was the client's last word about the file. */
    @Test
    void doesNotContinueAnUploadThatItsClientAborted() {
        uploading().play("""
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                . client-gone
                ! abort-relay
                . ended ABORTED 0 7
                ! end
                """);
    }

    private static TransferFinished finished(Playbook play) {
        assertThat(play.events().of(TransferFinished.class)).hasSize(1);
        return play.events().of(TransferFinished.class).get(0);
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

    /** A client that has no mark waits for one reply. */
    @Test
    void closesTheSessionWithOneReplyWhereTheServerLeavesInsteadOfAMark() {
        Playbook play = passive().play("""
                C> STOR a
                S< STOR a
                . server-gone
                ! abort CLIENT
                ! abort SERVER
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(finished(play).sent()).isEmpty();
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

    /** D4: the client's data connection and the server's mark may come in either order. */
    @Test
    void relaysOnceAllIsThereInAnyOrder() {
        passive().play("""
                . connected CLIENT
                C> LIST
                S< LIST
                S> 125 already open
                C< 125 already open
                ! relay SERVER
                """);
    }

    /** P16: a 2yz without 1yz is legal. */
    @Test
    void takesAFinalReplyWithoutAMark() {
        passive().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                S> 226 done
                ! relay SERVER
                . ended COMPLETE 10 0
                C< 226 done
                """);
    }

    /** P16: one 1yz, but for 110. */
    @Test
    void passesOneMarkAndRestartMarkers() {
        downloading().play("""
                S> 150 again
                S> 125 and again
                S> 110 MARK 5 = 5
                C< 110 MARK 5 = 5
                ~
                """);
    }

    /** P17. */
    @Test
    void takesAnUnknownCodeByItsFirstDigit() {
        downloading().play("""
                . ended COMPLETE 10 0
                S> 299 fine
                C< 299 fine
                C> NOOP
                S< NOOP
                """);
    }

    /** D15: at once, and D16: with the data port kept for a minute. */
    @Test
    void closesTheKeptDataPortAMinuteAfterARefusal() {
        passive().play("""
                C> RETR missing
                S< RETR missing
                S> 550 no such file
                C< 550 no such file
                . elapse 60s
                ! close CLIENT
                ! close SERVER
                C> RETR f
                C< 425 The data port has expired, use PORT or PASV again.
                """);
    }

    /** A client whose port is dialled sends its whole upload at once: only when the server's connection is there. */
    @Test
    void dialsTheActiveClientOnceTheServerIsThere() {
        Playbook.loggedIn().play(AGREED_BY_PORT + """
                C> STOR f
                S< STOR f
                S> 150 send
                C< 150 send
                ~
                . connected SERVER
                ! dial CLIENT 127.0.0.1 51210
                . failed CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                S> 426 cut
                ~
                C> NOOP
                S< NOOP
                """);
    }

    /** D9: an early 226 in active mode, and a client that is later than the server. */
    @Test
    void waitsAMinuteForALateClientOfAServerThatConnectedLate() {
        activeServerSaysDoneEarly("RETR").play("""
                . connected SERVER
                . elapse 59s
                ~
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 3 0
                C< 226 done
                """);
    }

    /** A server that is done without having connected sent nothing. */
    @Test
    void endsAnEmptyDownloadThatTheServerNeverConnectedFor() {
        activeServerSaysDoneEarly("NLST").play("""
                . elapse 0.999s
                ~
                . elapse 0.001s
                ! close CLIENT
                ! close SERVER
                C< 226 done
                """);
    }

    /** D10: what was never taken was not stored, whatever the server says. */
    @Test
    void tellsAFailureOfAnUploadThatTheServerNeverConnectedFor() {
        activeServerSaysDoneEarly("STOR").play("""
                . elapse 5s
                ! close CLIENT
                ! close SERVER
                C< 426 Connection closed; transfer aborted.
                """);
    }

    private static Playbook activeServerSaysDoneEarly(String verb) {
        return Playbook.cast()
                .mode(ServerDataMode.ACTIVE)
                .loggedIn()
                .play(AGREED_WITH_AN_ACTIVE_SERVER + """
                C> %s f
                S< %s f
                S> 150 here
                C< 150 here
                S> 226 done
                ~
                """.formatted(verb, verb));
    }

    /** D8, D11: whatever cut the data, no 2yz. */
    @ParameterizedTest
    @EnumSource(
            value = TransferEnd.class,
            names = {"CLIENT_RESET", "SERVER_RESET", "STALLED"})
    void neverSays2yzForDataThatWasCut(TransferEnd end) {
        downloading().play("""
                S> 226 done
                . ended %s 5 0
                C< 426 Connection closed; transfer aborted.
                """.formatted(end));
    }

    @Test
    void passesTheServersOwnWordOnDataThatWereCut() {
        uploading().play("""
                . ended CLIENT_RESET 0 7
                S> 451 local error
                C< 451 local error
                """);
    }

    @Test
    void answersForAServerThatSaysNothingOfACut() {
        uploading().play("""
                . ended CLIENT_RESET 0 7
                . elapse 5s
                C< 426 Connection closed; transfer aborted.
                C> NOOP
                S< NOOP
                S> 150 late
                S> 226 late
                S> 200 ok
                C< 200 ok
                """);
    }

    /** T2: the server may take long after the last byte; T1: the idle timeout does not run meanwhile. */
    @Test
    void givesTheServerTenMinutesAfterTheLastByte() {
        uploading().play("""
                . elapse 7200s
                . ended COMPLETE 0 7
                . elapse 599s
                ~
                . elapse 1s
                C< 426 Connection closed; transfer aborted.
                C< 421 No reply from the server.
                ! end
                """);
    }

    /** D22: S gone after its last word is no loss. */
    @Test
    void finishesTheDataOfAServerThatIsGoneBehindIts226() {
        downloading().play("""
                S> 226 done
                . server-gone
                ~
                . ended COMPLETE 10 0
                C< 226 done
                C< 421 The server closed the control connection.
                ! end
                """);
    }

    /** D23. */
    @Test
    void cutsTheTransferOfAClientThatShutsDownWithoutQuit() {
        uploading().play("""
                . client-fin
                ! cut-unless-sent
                . ended ABORTED 0 7
                ! end
                """);
    }

    /** S1. */
    @Test
    void finishesTheTransferBeforeTheGatewayStops() {
        downloading().play("""
                C> NOOP
                . stop
                ~
                S> 226 done
                . ended COMPLETE 10 0
                C< 226 done
                C< 421 The gateway is shutting down.
                S< QUIT
                ! end
                """);
    }

    /** S1. */
    @Test
    void cutsTheTransferAtTheDeadlineOfTheStop() {
        downloading().play("""
                . stop
                . stop-now
                ! abort-relay
                C< 426 Connection closed; transfer aborted.
                C< 421 The gateway is shutting down.
                . ended ABORTED 5 0
                ! end
                """);
    }

    /** P19. */
    @Test
    void passesA421AtOnceInMidTransfer() {
        downloading().play("""
                S> 421 going down
                C< 421 going down
                ! abort-relay
                . ended ABORTED 5 0
                ! end
                """);
    }

    /** An extra reply must not start the reply timeout of a transfer that runs for hours. */
    @Test
    void dropsAnExtraFinalReplyInMidTransfer() {
        downloading().play("""
                S> 226 done
                S> 226 done again
                . elapse 7200s
                . ended COMPLETE 10 0
                C< 226 done
                ~
                """);
    }

    private static Playbook active(ServerDataMode mode) {
        return Playbook.cast().mode(mode).loggedIn().play(mode == ServerDataMode.PASV ? """
                C> PORT 127,0,0,1,200,10
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                C< 200 PORT command successful.
                """ : AGREED_BY_PORT);
    }

    /** A server that announces data and never connects: the client is not dialled, and has sent nothing when it gets its 425. */
    @ParameterizedTest
    @ValueSource(strings = {"STOR", "RETR"})
    void neverDialsTheActiveClientOfAServerThatNeverConnects(String verb) {
        active(ServerDataMode.CLIENT).play("""
                C> %s f
                S< %s f
                S> 150 here
                C< 150 here
                . elapse 60s
                ! abort SERVER
                C< 425 Can't open data connection.
                """.formatted(verb, verb));
    }

    @Test
    void dialsTheActiveClientAtTheMarkOfAPassiveServer() {
        active(ServerDataMode.PASV).play("""
                C> RETR f
                S< RETR f
                ~
                S> 150 here
                C< 150 here
                ! dial CLIENT 127.0.0.1 51210
                . connected CLIENT
                ! relay SERVER
                """);
    }

    /** A server that connects wants the data, mark or no mark. */
    @Test
    void relaysForAnActiveServerThatNeverSendsAMark() {
        active(ServerDataMode.CLIENT).play("""
                C> STOR f
                S< STOR f
                . connected SERVER
                ! dial CLIENT 127.0.0.1 51210
                . connected CLIENT
                ! relay CLIENT
                . ended COMPLETE 0 9
                S> 226 stored
                C< 226 stored
                """);
    }

    /** A server that sends its whole listing before the mark would block on full buffers. */
    @ParameterizedTest
    @CsvSource({"RETR, SERVER", "STOR, CLIENT"})
    void relaysOnceTheSendersBytesAreThereBeforeTheMark(String verb, String sender) {
        passive().play("""
                C> %s f
                S< %s f
                . connected CLIENT
                ~
                . readable %s
                ! relay %s
                . ended COMPLETE 20 0
                ~
                S> 150 here
                C< 150 here
                S> 226 done
                C< 226 done
                """.formatted(verb, verb, sender, sender));
    }

    @Test
    void dialsTheActiveClientForBytesBeforeTheMark() {
        active(ServerDataMode.PASV).play("""
                C> LIST
                S< LIST
                . readable SERVER
                ! dial CLIENT 127.0.0.1 51210
                . connected CLIENT
                ! relay SERVER
                S> 226 done
                ~
                . ended COMPLETE 20 0
                C< 226 done
                """);
    }

    /** A refusal behind bytes that moved is a cut, and no end of a file. */
    @Test
    void cutsTheDataThatCameBeforeARefusal() {
        passive().play("""
                C> RETR f
                S< RETR f
                . connected CLIENT
                . readable SERVER
                ! relay SERVER
                S> 550 no such file
                ! abort-relay
                . ended ABORTED 5 0
                C< 550 no such file
                """);
    }

    /** D16, and the second transfer watches the connection again. */
    @Test
    void watchesTheKeptDataPortOfTheNextTransferToo() {
        passive().play("""
                C> RETR missing
                S< RETR missing
                . connected CLIENT
                S> 550 no such file
                C< 550 no such file
                . readable SERVER
                ~
                C> RETR f
                S< RETR f
                . readable SERVER
                ! relay SERVER
                """);
    }

    /** Some servers reply 200 first (Python's ftplib knows of them). */
    @ParameterizedTest
    @ValueSource(strings = {"226 done", "552 quota"})
    void passesAnEarly200BeforeTheMarkAndTheFinalReplyBehindTheData(String last) {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 200 ok
                ~
                S> 150 here
                C< 200 ok
                C< 150 here
                C> NOOP
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 10 0
                S> %s
                C< %s
                S< NOOP
                """.formatted(last, last));
    }

    /** Behind the data another final reply may still come: it belongs to this command. */
    @Test
    void awaitsTheFinalReplyBehindAnEarly200WithoutAMark() {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 200 ok
                C> NOOP
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 10 0
                ~
                S> 552 no
                C< 552 no
                S< NOOP
                """);
    }

    @Test
    void takesAnEarly200AsTheFinalReplyWhereNothingMoreComes() {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 200 ok
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 10 0
                . elapse 5s
                C< 200 ok
                C> PWD
                S< PWD
                S> 150 late
                S> 552 late
                S> 257 here
                C< 257 here
                """);
    }

    @Test
    void isNoSuccessWhereTheDataBehindAnEarly200WereCut() {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 200 ok
                . connected CLIENT
                ! relay SERVER
                . ended SERVER_RESET 10 0
                . elapse 5s
                C< 426 Connection closed; transfer aborted.
                """);
    }

    /** Passed, it would report a file as whole of which no byte was moved. */
    @Test
    void dropsAnEarly226ThatAMarkFollows() {
        passive().play("""
                C> RETR f
                S< RETR f
                S> 226 done
                S> 150 here
                C< 150 here
                . connected CLIENT
                ! relay SERVER
                . ended COMPLETE 10 0
                S> 451 read error
                C< 451 read error
                """);
    }

    @Test
    void believesTheFailureThatFollowsAHeld226() {
        downloading().play("""
                S> 226 done
                S> 451 read error
                ! abort-relay
                . ended ABORTED 5 0
                C< 451 read error
                C> NOOP
                S< NOOP
                """);
    }

    /** A listing of nothing, whose data connection the server never took and reset with its listener. */
    @Test
    void isCompleteAtOnceWhereTheServerHadNothingToSend() {
        Playbook play = downloading().play("""
                . server-unused
                . ended SERVER_RESET 0 0
                ~
                . elapse 30s
                S> 226 nothing there
                C< 226 nothing there
                """);

        assertThat(play.events().of(TransferFinished.class))
                .singleElement()
                .satisfies(finished -> assertThat(finished.end()).isEqualTo(TransferEnd.COMPLETE));
    }

    @Test
    void isCompleteWhereTheReplyCameBeforeTheResetOfNothing() {
        downloading().play("""
                S> 226 nothing there
                . server-unused
                . ended SERVER_RESET 0 0
                C< 226 nothing there
                """);
    }

    @Test
    void isARefusalWhereTheServerRefusesBehindTheResetOfNothing() {
        Playbook play = passive().play("""
                C> LIST
                S< LIST
                . connected CLIENT
                . readable SERVER
                ! relay SERVER
                . server-unused
                . ended SERVER_RESET 0 0
                S> 550 no such directory
                C< 550 no such directory
                """);

        assertThat(play.events().of(TransferFinished.class))
                .singleElement()
                .satisfies(finished -> assertThat(finished.end()).isEqualTo(TransferEnd.SERVER_RESET));
    }

    /** D10: an upload that was never taken was not stored. */
    @Test
    void isAFailureOfAnUploadWhereTheServerNeverTookIt() {
        uploading().play("""
                . server-unused
                . ended SERVER_RESET 0 0
                S> 226 stored
                C< 426 Connection closed; transfer aborted.
                """);
    }
}
