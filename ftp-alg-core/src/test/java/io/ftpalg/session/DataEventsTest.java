package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.Side;
import org.junit.jupiter.api.Test;

/** Events of data connections when no command is in flight that could hear them. */
class DataEventsTest {

    private static Playbook agreed() {
        return Playbook.loggedIn().play("""
                C> EPSV
                S< EPSV
                S> 229 (|||51210|)
                ! dial SERVER 127.0.0.2 51210
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 50001
                C< 229 Entering Extended Passive Mode (|||50001|)
                """);
    }

    @Test
    void aConnectionThatFailsBetweenCommandsEndsWhatWasAgreed() {
        agreed().play("""
                . failed CLIENT
                ! close SERVER
                C> RETR f
                C< 425 Use PORT or PASV first.
                """);
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

        play.session().dataEvents().onTransferEnded(TransferEnd.COMPLETE, 1, 2);
        play.session().dataEvents().onListening(Side.CLIENT, Playbook.GATEWAY);

        play.play("~");
        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void tellsThatTheAddressHoldsItsShare() {
        Playbook play = Playbook.loggedIn();

        play.session().dataEvents().onPassiveShareHeld();

        assertThat(play.events().of(Rejected.class)).singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo(Rejected.Reason.PASSIVE_SHARE_OF_THIS_ADDRESS));
    }

    @Test
    void tellsThatThePortsAreExhausted() {
        Playbook play = Playbook.loggedIn();

        play.session().dataEvents().onPassivePortsExhausted();

        assertThat(play.events().of(Rejected.class)).singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo(Rejected.Reason.PASSIVE_PORTS_EXHAUSTED));
    }
}
