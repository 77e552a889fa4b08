package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers whose data the kernel carries, and those that it was to carry and does not. */
class KernelTransferTest {
    private static final String PASSIVE = """
            C> PASV
            S< PASV
            S> 227 Entering Passive Mode (127,0,0,2,200,10).
            ! listen CLIENT
            . listening CLIENT 50001
            ! offload CLIENT 127.0.0.2 51210
            . offloaded
            C< 227 Entering Passive Mode (127,0,0,3,195,81).
            """;

    private static final String ACTIVE = """
            C> PORT 127,0,0,1,200,10
            ! listen SERVER
            . listening SERVER 51211
            ! offload SERVER 127.0.0.1 51210
            . offloaded
            S< PORT 127,0,0,3,200,11
            S> 200 ok
            C< 200 PORT command successful.
            """;

    private static final String MARKED = """
            C> RETR f
            S< RETR f
            S> 150 here
            C< 150 here
            """;

    private static Playbook passive() {
        return Playbook.cast().kernel().loggedIn().play(PASSIVE);
    }

    private static TransferFinished only(Playbook play) {
        List<TransferFinished> all = play.events().of(TransferFinished.class);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    // ---- agreeing

    /** Nothing is dialled early: the client's SYN goes to the server. */
    /** The script of a session without the kernel: nothing is offered to it. */
    @Test
    void offersNothingToTheKernelWhereTransfersMayHaveLimits() {
        TransferExchangeTest.passive(Playbook.cast().kernel().transfers((command, session) -> TransferTerms.NONE))
                .play("~");
    }

    @Test
    void offersNothingToTheKernelWhereAFilterMayLimitTransfers() {
        TransferExchangeTest.passive(
                        Playbook.cast().kernel().filter(CommandFilter.allowAll().limitingTransfers()))
                .play("~");
    }

    @Test
    void announcesThePortWhenTheKernelCarriesIt() {
        passive().play("~");
    }

    @Test
    void announcesThePortOfAnActiveClientWhenTheKernelCarriesIt() {
        Playbook.cast().kernel().loggedIn().play(ACTIVE).play("~");
    }

    /** As ever: the port is open already, so the client gets it when the server's connection is there. */
    @Test
    void dialsFirstWhereTheKernelDoesNotCarryIt() {
        Playbook.cast().kernel().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (127,0,0,2,200,10).
                ! listen CLIENT
                . listening CLIENT 50001
                ! offload CLIENT 127.0.0.2 51210
                . not-offloaded
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . connected CLIENT
                ! relay SERVER
                ~
                """);
    }

    @Test
    void leavesTheDialForTheTransferWhereTheKernelDoesNotCarryItAndThatIsWanted() {
        Playbook.cast().kernel().late().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! listen CLIENT
                . listening CLIENT 50001
                ! offload CLIENT 127.0.0.2 51210
                . not-offloaded
                C< 227 Entering Passive Mode (127,0,0,3,195,81).
                C> RETR f
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                S< RETR f
                """);
    }

    /** It is offered once: the next syntax is for a port that cannot be reached from here. */
    @Test
    void triesTheNextSyntaxWhereTheKernelDoesNotCarryItAndThePortIsUnreachable() {
        Playbook.cast().kernel().loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 (|||51210|)
                ! listen CLIENT
                . listening CLIENT 50001
                ! offload CLIENT 127.0.0.2 51210
                . not-offloaded
                ! dial SERVER 127.0.0.2 51210
                . failed SERVER
                S< PASV
                S> 227 =127,0,0,2,200,11
                ! dial SERVER 127.0.0.2 51211
                . connected SERVER
                C< 229 Entering Extended Passive Mode (|||50001|)
                """);
    }

    @Test
    void asksAnActiveServerWhereTheKernelDoesNotCarryIt() {
        Playbook.cast().kernel().loggedIn().play("""
                C> PORT 127,0,0,1,200,10
                ! listen SERVER
                . listening SERVER 51211
                ! offload SERVER 127.0.0.1 51210
                . not-offloaded
                S< PORT 127,0,0,3,200,11
                S> 200 ok
                C< 200 PORT command successful.
                """);
    }

    /** Another syntax names the same port, which the kernel carries already. */
    @Test
    void offersThePortOfAnActiveServerOnce() {
        Playbook.cast().kernel().loggedIn().play("""
                C> EPRT |1|127.0.0.1|51210|
                ! listen SERVER
                . listening SERVER 51211
                ! offload SERVER 127.0.0.1 51210
                . offloaded
                S< EPRT |1|127.0.0.3|51211|
                S> 500 what
                S< PORT 127,0,0,3,200,11
                S> 200 ok
                C< 200 EPRT command successful.
                """);
    }

    @Test
    void dropsTheKernelsPartWithAPortThatTheServerRefuses() {
        Playbook.cast().kernel().loggedIn().play("""
                C> PORT 127,0,0,1,200,10
                ! listen SERVER
                . listening SERVER 51211
                ! offload SERVER 127.0.0.1 51210
                . offloaded
                S< PORT 127,0,0,3,200,11
                S> 500 no
                ! close SERVER
                C< 500 no
                ~
                """);
    }

    /** A server may connect before it replies; the kernel's answer is not asked for again. */
    @Test
    void fallsBackBeforeTheServerReplies() {
        Playbook.cast().kernel().loggedIn().play("""
                C> PORT 127,0,0,1,200,10
                ! listen SERVER
                . listening SERVER 51211
                ! offload SERVER 127.0.0.1 51210
                . offloaded
                S< PORT 127,0,0,3,200,11
                . not-offloaded
                . connected SERVER
                S> 200 ok
                C< 200 PORT command successful.
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                ! dial CLIENT 127.0.0.1 51210
                """);
    }

    /** The peer guessed the port before it was announced: its connection is that of the transfer. */
    @Test
    void takesAConnectionThatIsFasterThanTheKernelsAnswer() {
        Playbook.cast().kernel().loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! listen CLIENT
                . listening CLIENT 50000
                ! offload CLIENT 127.0.0.2 51210
                . connected CLIENT
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                C< 227 Entering Passive Mode (127,0,0,3,195,80).
                """);
    }

    @ParameterizedTest
    @CsvSource({"PASV, ACTIVE", "PORT, PASSIVE"})
    void offersNothingWhereTheDirectionsDiffer(String client, ServerDataMode mode) {
        Playbook play = Playbook.cast().kernel().mode(mode).loggedIn();

        play.play(client.equals("PASV") ? DataPorts.AGREED_WITH_AN_ACTIVE_SERVER : """
                C> PORT 127,0,0,1,200,10
                S< PASV
                S> 227 =127,0,0,2,200,10
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                C< 200 PORT command successful.
                """);
    }

    // ---- PROT behind PASV

    private static final ClientTls TLS =
            new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false);

    private static Playbook securedAndPassive() {
        return Playbook.cast().kernel().clientTls(TLS).greeted().play("""
                        C> AUTH TLS
                        C< 234 Start TLS.
                        ! tls CLIENT
                        . secured CLIENT
                        C> PBSZ 0
                        C< 200 PBSZ=0
                        C> PROT C
                        C< 200 Data connections are in the clear.
                        C> USER joe
                        S< USER joe
                        S> 230 welcome
                        C< 230 welcome
                        """).play(PASSIVE);
    }

    @Test
    void takesBackWhatWillBeUnderTls() {
        securedAndPassive().play("""
                C> PROT P
                ! withdraw-offload
                C< 200 Data connections are under TLS.
                C> RETR f
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                S< RETR f
                S> 150 here
                C< 150 here
                . connected CLIENT
                ! relay SERVER tls CLIENT
                """);
    }

    @Test
    void leavesWhatStaysInTheClear() {
        securedAndPassive().play("""
                C> PROT C
                C< 200 Data connections are in the clear.
                C> RETR f
                S< RETR f
                """);
    }

    /** The connection is in the kernel: no TLS can begin on it. */
    @Test
    void refusesATransferWhoseConnectionWasFasterThanProt() {
        securedAndPassive().play("""
                . offload-connected
                C> PROT P
                ! close CLIENT
                ! close SERVER
                C< 200 Data connections are under TLS.
                C> RETR f
                C< 425 Can't open data connection.
                ~
                """);
    }

    // ---- a download and an upload

    @Test
    void passesTheRepliesAtOnceAndRecordsTheEnd() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                S> 226 done
                C< 226 done
                ! end-relay soon
                ~
                """);
        assertThat(play.events().of(TransferFinished.class)).isEmpty();

        play.play(". ended COMPLETE 5000000000 0 KERNEL");
        assertThat(only(play))
                .extracting(
                        TransferFinished::end,
                        TransferFinished::bytesToClient,
                        TransferFinished::dataPath,
                        TransferFinished::received,
                        TransferFinished::sent)
                .containsExactly(
                        TransferEnd.COMPLETE,
                        5_000_000_000L,
                        Optional.of(DataPath.KERNEL),
                        Optional.of(226),
                        Optional.of(226));
        assertThat(only(play).client().remote()).contains(new InetSocketAddress("127.0.0.1", 60000));
        assertThat(only(play).server().remote()).contains(new InetSocketAddress("127.0.0.2", 51210));
        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void followsAConnectionThatWasThereBeforeTheCommand() {
        Playbook play = passive();

        play.play("""
                . offload-connected
                C> STOR f
                S< STOR f
                ! relay CLIENT
                . ended COMPLETE 0 10 KERNEL
                S> 150 here
                C< 150 here
                S> 226 done
                C< 226 done
                ~
                """);

        assertThat(only(play).bytesToServer()).isEqualTo(10);
    }

    @Test
    void followsAnActiveServer() {
        Playbook play = Playbook.cast().kernel().loggedIn().play(ACTIVE);

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                . ended COMPLETE 10 0 KERNEL
                S> 226 done
                C< 226 done
                ~
                """);

        assertThat(only(play).dataPath()).contains(DataPath.KERNEL);
    }

    /** What the kernel logs reaches the session a little later than the reply. */
    @Test
    void recordsAConnectionThatIsReportedBehindTheFinalReply() {
        Playbook play = passive();

        play.play(MARKED).play("""
                S> 226 done
                C< 226 done
                . elapse 0.01s
                . offload-connected
                ! relay SERVER
                ! end-relay soon
                . ended COMPLETE 10 0 KERNEL
                ~
                """);

        assertThat(only(play).bytesToClient()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"RETR, COMPLETE", "STOR, NO_DATA_CONNECTION"})
    void waitsASecondForAConnectionBehindTheFinalReply(String verb, TransferEnd end) {
        Playbook play = passive();

        play.play("""
                C> %1$s f
                S< %1$s f
                S> 150 here
                C< 150 here
                S> 226 done
                C< 226 done
                C> NOOP
                . elapse 0.9s
                ~
                . elapse 0.2s
                ! close CLIENT
                S< NOOP
                """.formatted(verb));

        assertThat(only(play).end()).isEqualTo(end);
        assertThat(only(play).dataPath()).isEmpty();
    }

    @Test
    void holdsBackTheNextCommandAndQuitUntilTheEndIsRecorded() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                C> QUIT
                S> 226 done
                C< 226 done
                ! end-relay soon
                . ended COMPLETE 10 0 KERNEL
                S< QUIT
                """);
    }

    @Test
    void recordsWhatWasNotSeenToEndAsSuch() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                S> 226 done
                C< 226 done
                ! end-relay soon
                . ended UNOBSERVED 7 0 KERNEL
                ~
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::sent)
                .containsExactly(TransferEnd.UNOBSERVED, Optional.of(226));
    }

    /** The entry of the connection was flushed: only the server knows what became of its data. */
    @ParameterizedTest
    @CsvSource({"226, UNOBSERVED", "426, SERVER_FAILED"})
    void leavesTheFinalReplyToTheServerWhereTheEndWasNotSeen(int code, TransferEnd end) {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                . ended UNOBSERVED 7 0 KERNEL
                . elapse 30s
                S> %1$d so
                C< %1$d so
                ~
                """.formatted(code));

        assertThat(only(play).end()).isEqualTo(end);
    }

    /** A server without a mark: its final reply is held until the data are through, as it may not be the last. */
    @Test
    void keepsTheGateWhereTheServerSendsNoMark() {
        Playbook play = passive();

        play.play("""
                C> RETR f
                S< RETR f
                . offload-connected
                ! relay SERVER
                S> 226 done
                ~
                . ended COMPLETE 10 0 KERNEL
                C< 226 done
                ~
                """);
    }

    @Test
    void passesAnEarlyReplyWhoseDataWereNotSeenToEnd() {
        Playbook play = passive();

        play.play("""
                C> RETR f
                S< RETR f
                . offload-connected
                ! relay SERVER
                S> 226 done
                . ended UNOBSERVED 10 0 KERNEL
                C< 226 done
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.UNOBSERVED);
    }

    // ---- failures

    @ParameterizedTest
    @CsvSource({
        "CLIENT_RESET, CLIENT_RESET",
        "SERVER_RESET, SERVER_FAILED",
        "ABORTED, SERVER_FAILED",
        "COMPLETE, SERVER_FAILED",
        "STALLED, STALLED"
    })
    void passesANegativeReplyAtOnceAndCutsTheData(TransferEnd seen, TransferEnd recorded) {
        Playbook play = passive();

        play.play("""
                C> STOR f
                S< STOR f
                S> 150 here
                C< 150 here
                . offload-connected
                ! relay CLIENT
                S> 426 broken
                C< 426 broken
                ! abort-relay soon
                . ended %s 0 4096 KERNEL
                ~
                """.formatted(seen));

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToServer, TransferFinished::sent)
                .containsExactly(recorded, 4096L, Optional.of(426));
    }

    @Test
    void endsAPortThatNobodyUsedBehindANegativeReply() {
        Playbook play = passive();

        play.play(MARKED).play("""
                S> 426 no connection
                C< 426 no connection
                . elapse 1s
                ! abort CLIENT
                ~
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.SERVER_FAILED);
    }

    /** The server reports it itself, as it has the connection with the client. */
    @Test
    void recordsACutUploadAsCut() {
        Playbook play = passive();

        play.play("""
                C> STOR f
                S< STOR f
                S> 150 here
                C< 150 here
                . offload-connected
                ! relay CLIENT
                . ended CLIENT_RESET 0 4096 KERNEL
                S> 426 broken
                C< 426 broken
                ~
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToServer)
                .containsExactly(TransferEnd.CLIENT_RESET, 4096L);
    }

    /** Even if the server took it for whole. */
    @Test
    void recordsACutUploadAsCutWhateverTheServerReplies() {
        Playbook play = passive();

        play.play("""
                C> STOR f
                S< STOR f
                S> 150 here
                C< 150 here
                . offload-connected
                ! relay CLIENT
                S> 226 done
                C< 226 done
                ! end-relay soon
                . ended CLIENT_RESET 0 4096 KERNEL
                ~
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.CLIENT_RESET);
    }

    @Test
    void repliesItselfWhereADeadServerDoesNot() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                . ended STALLED 4096 0 KERNEL
                . elapse 30s
                C< 426 Connection closed; transfer aborted.
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.STALLED);
    }

    @Test
    void abortsAtTheServerAndThenCuts() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                C> ABOR
                S< !ABOR
                ! abort-relay soon
                S> 426 aborted
                ! abort-relay
                . ended ABORTED 4096 0 KERNEL
                C< 426 aborted
                S> 226 ok
                C< 226 ok
                ~
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.ABORTED);
    }

    /** The kernel passes bytes on before it reports that anybody connected. */
    @Test
    void countsWhatTheKernelMovedBeforeItsReportWhenItIsAborted() {
        Playbook play = passive();

        play.play(MARKED).play("""
                C> ABOR
                S< !ABOR
                ! relay SERVER
                ! abort-relay soon
                . ended ABORTED 4096 0 KERNEL
                S> 426 aborted
                C< 426 aborted
                S> 226 ok
                C< 226 ok
                ~
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToClient)
                .containsExactly(TransferEnd.ABORTED, 4096L);
    }

    @Test
    void abortsBeforeAConnectionIsThere() {
        Playbook play = passive();

        play.play(MARKED).play("""
                C> ABOR
                S< !ABOR
                ! relay SERVER
                ! abort-relay soon
                S> 426 aborted
                ! abort-relay
                . ended ABORTED 0 0 KERNEL
                C< 426 aborted
                S> 226 ok
                C< 226 ok
                ~
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToClient)
                .containsExactly(TransferEnd.ABORTED, 0L);
    }

    @Test
    void repliesToAStatInBetweenAsTheServerDoes() {
        passive().play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                C> STAT
                S< !STAT
                S> 211 4096 bytes
                C< 211 4096 bytes
                S> 226 done
                C< 226 done
                ! end-relay soon
                . ended COMPLETE 10 0 KERNEL
                ~
                """);
    }

    // ---- the end of the session

    @Test
    void cutsTheDataWithTheSession() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                . client-gone
                ! abort-relay
                . ended ABORTED 4096 0 KERNEL
                ! end
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToClient)
                .containsExactly(TransferEnd.SESSION_CLOSED, 4096L);
    }

    /** The kernel passes bytes on before it reports that anybody connected. */
    @Test
    void countsWhatTheKernelMovedBeforeItsReportWhenItIsCutWithTheSession() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . client-gone
                ! relay SERVER
                ! abort-relay
                . ended ABORTED 4096 0 KERNEL
                ! end
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::bytesToClient)
                .containsExactly(TransferEnd.SESSION_CLOSED, 4096L);
    }

    @Test
    void continuesAnUploadWhoseEndArrives() {
        passive().play("""
                C> STOR f
                S< STOR f
                S> 150 here
                C< 150 here
                . offload-connected
                ! relay CLIENT
                . client-gone
                ! cut-unless-sent
                . ended COMPLETE 0 10 KERNEL
                S> 226 done
                ! end
                """);
    }

    /** A client that has its final reply may go: how its data ended is still recorded. */
    @Test
    void recordsTheEndBehindAClientThatIsGone() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                S> 226 done
                C< 226 done
                ! end-relay soon
                . client-gone
                . ended COMPLETE 10 0 KERNEL
                ! end
                """);

        assertThat(only(play))
                .extracting(TransferFinished::end, TransferFinished::sent)
                .containsExactly(TransferEnd.COMPLETE, Optional.of(226));
    }

    @Test
    void recordsTheEndBehindAServerThatIsGone() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                S> 226 done
                C< 226 done
                ! end-relay soon
                . server-gone
                . ended COMPLETE 10 0 KERNEL
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.COMPLETE);
    }

    @Test
    void cutsWhatIsStillMovingBehindTheFinalReplyWhenTheGatewayStops() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . offload-connected
                ! relay SERVER
                S> 226 done
                C< 226 done
                ! end-relay soon
                . stop-now
                ! abort-relay
                C< 421 The gateway is shutting down.
                . ended ABORTED 10 0 KERNEL
                ! end
                """);

        assertThat(only(play).end()).isEqualTo(TransferEnd.SESSION_CLOSED);
    }

    @Test
    void endsAPortThatIsNotUsedInTime() {
        Playbook.cast().kernel().loggedIn().play(PASSIVE).play("""
                . elapse 60s
                ! close CLIENT
                C> RETR f
                C< 425 The data port has expired, use PORT or PASV again.
                """);
    }

    @Test
    void replacesTheFirstPassiveByTheSecond() {
        passive().play("""
                C> PASV
                ! close CLIENT
                S< PASV
                S> 227 Entering Passive Mode (127,0,0,2,200,12).
                ! listen CLIENT
                . listening CLIENT 50003
                ! offload CLIENT 127.0.0.2 51212
                . offloaded
                C< 227 Entering Passive Mode (127,0,0,3,195,83).
                ~
                """);
    }

    // ---- falling back to the relay

    /** Somebody else than the kernel expected, or the elements are gone: the listening socket has it. */
    @Test
    void relaysAConnectionThatArrivesAtTheGateway() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . connected CLIENT
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! relay SERVER
                S> 226 done
                ~
                . ended COMPLETE 10 0
                C< 226 done
                ~
                """);

        assertThat(only(play).dataPath()).contains(DataPath.SPLICE);
    }

    @Test
    void dialsBeforeTheCommandWhereTheConnectionArrivedAtTheGatewayBefore() {
        passive().play("""
                . connected CLIENT
                C> STOR f
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                S< STOR f
                S> 150 here
                C< 150 here
                ! relay CLIENT
                """);
    }

    /** A SYN without SYN ACK: the client's next one arrives at the gateway, which connects to the server meanwhile. */
    @Test
    void dialsWhenTheKernelGivesUp() {
        passive().play(MARKED).play("""
                . not-offloaded
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                . connected CLIENT
                ! relay SERVER
                """);
    }

    @Test
    void dialsWithTheTransferWhereTheKernelGaveUpBefore() {
        passive().play("""
                . not-offloaded
                C> RETR f
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                S< RETR f
                """);
    }

    @Test
    void connectsToAnActiveClientWhereTheKernelGivesUp() {
        Playbook.cast().kernel().loggedIn().play(ACTIVE).play(MARKED).play("""
                . not-offloaded
                . connected SERVER
                ! dial CLIENT 127.0.0.1 51210
                . connected CLIENT
                ! relay SERVER
                """);
    }

    @Test
    void dialsNobodyForAConnectionThatComesBehindTheFinalReply() {
        passive().play(MARKED).play("""
                S> 226 done
                C< 226 done
                . connected CLIENT
                . elapse 1s
                ! close CLIENT
                ~
                """);
    }

    @Test
    void reportsAServerThatRefusesTheConnection() {
        Playbook play = passive();

        play.play(MARKED).play("""
                . failed SERVER
                ! abort CLIENT
                C< 425 Can't open data connection.
                S> 425 nobody came
                ~
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .singleElement()
                .extracting(DataConnectionFailed::failure)
                .isEqualTo(DataFailure.NOT_ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT", "SERVER"})
    void refusesATransferWhosePortFailedBefore(String side) {
        passive().play("""
                . failed %s
                %sC> RETR f
                C< 425 Can't open data connection.
                ~
                """.formatted(side, side.equals("SERVER") ? "! close CLIENT\n" : ""));
    }

    /** The transfer will be refused, unless PROT P follows. */
    @Test
    void offersNothingThatMustBeUnderTls() {
        ClientTls demanded = new ClientTls(TlsUse.OPTIONAL, TlsUse.REQUIRED, AuthMode.TERMINATE, false, false, false);

        Playbook.cast().kernel().clientTls(demanded).loggedIn().play(DataPorts.AGREED_BY_PASV);
    }
}
