package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import org.junit.jupiter.api.Test;

/** The last word, and what is cut and awaited before the connections close. */
class ClosingTest {

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
    void keepsTheFirstCause() {
        Playbook play = Playbook.loggedIn().play(". client-gone\nS< QUIT\n! end");

        play.play(". server-gone\n~");

        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }
}
