package io.ftpalg.session;

import static io.ftpalg.session.transfer.DataPorts.AGREED_BY_EPSV;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.data.TransferResult;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events of data connections when no command is in flight that could hear them. */
class DataEventsTest {

    private static Playbook agreed() {
        return Playbook.loggedIn().play(AGREED_BY_EPSV);
    }

    /** The server has announced a download, and the client has not connected. */
    private static Playbook announced() {
        return agreed().play("""
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                """);
    }

    private static Playbook agreedByPort() {
        return Playbook.loggedIn().play("""
                C> PORT 127,0,0,1,200,11
                ! listen SERVER
                . listening SERVER 40000
                S< PORT 127,0,0,3,156,64
                S> 200 ok
                C< 200 PORT command successful.
                """);
    }

    @Test
    void aConnectionThatFailsBetweenCommandsEndsWhatWasAgreed() {
        agreed().play("""
                . failed CLIENT
                ! close SERVER
                C> RETR f
                C< 425 Can't open data connection.
                """);
    }

    /** The client did agree on a port, and is told what became of it. */
    @Test
    void aPortThatNobodyUsedInTimeHasExpired() {
        agreed().play("""
                . elapse 60s
                ! close CLIENT
                ! close SERVER
                C> RETR f
                C< 425 The data port has expired, use PORT or PASV again.
                C> STOR f
                C< 425 The data port has expired, use PORT or PASV again.
                """);
    }

    @Test
    void reportsAServersPortThatCannotBeReached() {
        Playbook play = Playbook.loggedIn().play("""
                C> PASV
                S< PASV
                S> 227 Entering Passive Mode (10,9,8,7,200,10)
                ! dial SERVER 127.0.0.2 51210
                . failed SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .containsExactly(new DataConnectionFailed(
                        1,
                        Side.SERVER,
                        Optional.of(FtpVerb.PASV),
                        DataFailure.NOT_ACCEPTED,
                        false,
                        Optional.empty(),
                        new InetSocketAddress("127.0.0.2", 51210),
                        IpLiteral.parse("10.9.8.7"),
                        "connection refused"));
    }

    @Test
    void reportsAClientsPortThatCannotBeReached() {
        Playbook play = agreedByPort().play("""
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                . connected SERVER
                ! dial CLIENT 127.0.0.1 51211
                . failed CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .containsExactly(new DataConnectionFailed(
                        1,
                        Side.CLIENT,
                        Optional.of(FtpVerb.RETR),
                        DataFailure.NOT_ACCEPTED,
                        false,
                        Optional.empty(),
                        new InetSocketAddress("127.0.0.1", 51211),
                        Optional.empty(),
                        "connection refused"));
    }

    /** The gateway's own address and port, and whom it waited for; not the side whose connection was there. */
    @Test
    void reportsAClientThatDoesNotConnectInTime() {
        Playbook play = announced().play("""
                . elapse 60s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .containsExactly(new DataConnectionFailed(
                        1,
                        Side.CLIENT,
                        Optional.of(FtpVerb.RETR),
                        DataFailure.NOT_CONNECTED,
                        true,
                        Optional.of(new InetSocketAddress("127.0.0.3", 50001)),
                        new InetSocketAddress("127.0.0.1", 0),
                        Optional.empty(),
                        "not connected within 60 s"));
    }

    @Test
    void reportsThatOthersConnectedInPlaceOfTheClient() {
        Playbook play = announced().play("""
                . unexpected CLIENT
                . elapse 5s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .extracting(DataConnectionFailed::failure)
                .containsExactly(DataFailure.UNEXPECTED_PEERS);
        assertThat(play.events().of(Rejected.class))
                .containsExactly(new Rejected(
                        1, Rejected.Reason.FOREIGN_DATA_PEER, Side.CLIENT, Playbook.UNEXPECTED, Optional.empty()));
    }

    @Test
    void reportsAServerThatTakesNothingAndSaysThatAllIsDone() {
        Playbook play = agreedByPort().play("""
                C> STOR f
                S< STOR f
                S> 150 here
                C< 150 here
                S> 226 done
                . elapse 5s
                ! close SERVER
                C< 426 Connection closed; transfer aborted.
                """);

        assertThat(play.events().of(DataConnectionFailed.class))
                .containsExactly(new DataConnectionFailed(
                        1,
                        Side.SERVER,
                        Optional.of(FtpVerb.STOR),
                        DataFailure.NOT_CONNECTED,
                        true,
                        Optional.of(new InetSocketAddress("127.0.0.3", 40000)),
                        new InetSocketAddress("127.0.0.2", 0),
                        Optional.empty(),
                        "the server sent its final reply first"));
    }

    @Test
    void aConnectionThatComesBetweenCommandsIsKeptForTheTransfer() {
        agreed().play("""
                . connected CLIENT
                ~
                C> RETR f
                S< RETR f
                S> 150 here
                C< 150 here
                ! relay SERVER
                """);
    }

    @Test
    void anEndThatNobodyWaitsForChangesNothing() {
        Playbook play = Playbook.loggedIn();

        play.session().dataEvents().onTransferEnded(new TransferResult(TransferEnd.COMPLETE, DataPath.SPLICE, 1, 2));
        play.session().dataEvents().onListening(Side.CLIENT, Playbook.GATEWAY);

        play.play("~");
        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void tellsThatTheAddressHoldsItsShare() {
        Playbook play = Playbook.loggedIn();

        play.session().dataEvents().onPassiveShareHeld();

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.PASSIVE_SHARE_OF_THIS_ADDRESS));
    }

    @Test
    void tellsThatThePortsAreExhausted() {
        Playbook play = Playbook.loggedIn();

        play.session().dataEvents().onPassivePortsExhausted();

        assertThat(play.events().of(Rejected.class)).singleElement().satisfies(event -> assertThat(event.reason())
                .isEqualTo(Rejected.Reason.PASSIVE_PORTS_EXHAUSTED));
    }
}
