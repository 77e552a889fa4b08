package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last word, and what is cut and awaited before the connections close. */
class SessionTerminationTest {

    @Test
    void endsAtOnceWhenTheClientIsGoneAndLeavesNoDataPort() {
        Playbook play = TransferExchangeTest.passive().play("""
                . client-gone
                ! abort CLIENT
                ! abort SERVER
                ! end
                C> NOOP
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    /** A QUIT that no client sent would stand in the server's log. */
    @ParameterizedTest
    @ValueSource(strings = {". client-gone", ". client-fin"})
    void closesTowardsTheServerAsTheClientDid(String end) {
        Playbook play = Playbook.loggedIn().play(end + "\n! end\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void sendsNoQuitToAServerThatEndsTheSession() {
        Playbook play = Playbook.loggedIn().play("S> 421 bye\nC< 421 bye\n! end\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_REFUSED);
    }

    @Test
    void sendsQuitWhereTheGatewayEndsTheSession() {
        Playbook play = Playbook.loggedIn().play(". stop\nC< 421 The gateway is shutting down.\nS< QUIT\n! end\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.SHUTDOWN);
    }

    @Test
    void awaitsTheRelayThatItCuts() {
        Playbook play = TransferExchangeTest.downloading().play("""
                . stop-now
                ! abort-relay
                C< 426 Connection closed; transfer aborted.
                C< 421 The gateway is shutting down.
                ~
                """);
        assertThat(play.state()).isEqualTo(SessionState.CLOSING);

        play.play(". ended ABORTED 10 0\n! end");

        assertThat(cause(play)).isEqualTo(CloseCause.SHUTDOWN);
    }

    @Test
    void endsAnIdleSessionForTheOperator() {
        Playbook play = Playbook.loggedIn()
                .play(". ended-by-operator\nC< 421 The session was ended by the operator.\nS< QUIT\n! end\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.ENDED_BY_OPERATOR);
    }

    @Test
    void cutsATransferForTheOperator() {
        Playbook play = TransferExchangeTest.downloading().play("""
                . ended-by-operator
                ! abort-relay
                C< 426 Connection closed; transfer aborted.
                C< 421 The session was ended by the operator.
                . ended ABORTED 10 0
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.ENDED_BY_OPERATOR);
    }

    @Test
    void keepsTheFirstCause() {
        Playbook play = Playbook.loggedIn().play(". client-gone\n! end");

        play.play(". server-gone\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }
}
