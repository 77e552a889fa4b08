package io.ftpalg.session.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;

class QuitExchangeTest {

    /** D18. */
    @Test
    void endsWithTheServersGoodbyeAndLeavesNoDataPort() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> QUIT
                S< QUIT
                C> NOOP
                S> 221 bye
                C< 221 bye
                ! abort CLIENT
                ! abort SERVER
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.QUIT);
    }

    @Test
    void saysGoodbyeForAServerThatJustCloses() {
        Playbook play = Playbook.loggedIn().play("""
                C> QUIT
                S< QUIT
                . server-gone
                C< 221 Goodbye.
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.QUIT);
    }

    @Test
    void staysWithAServerThatRefusesIt() {
        Playbook.loggedIn().play("""
                C> QUIT now
                S< QUIT now
                S> 501 no argument
                C< 501 no argument
                C> QUIT
                S< QUIT
                S> 221 bye
                C< 221 bye
                ! end
                """);
    }
}
