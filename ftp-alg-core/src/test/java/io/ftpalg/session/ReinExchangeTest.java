package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** L5, D18. */
class ReinExchangeTest {

    @Test
    void forgetsTheLoginAndTheDataPort() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> REIN
                S< REIN
                S> 220 anew
                C< 220 anew
                ! close CLIENT
                ! close SERVER
                """);

        assertThat(play.state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void changesNothingWhereTheServerRefuses() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> REIN
                S< REIN
                S> 502 REIN?
                C< 502 REIN?
                C> RETR f
                S< RETR f
                """);

        assertThat(play.state()).isEqualTo(SessionState.READY);
    }
}
