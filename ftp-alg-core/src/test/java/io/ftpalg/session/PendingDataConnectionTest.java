package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import org.junit.jupiter.api.Test;

/** How long what was agreed is kept, and how it goes. */
class PendingDataConnectionTest {

    @Test
    void closesAPlanThatNoTransferUses() {
        Playbook play = TransferExchangeTest.passive();
        assertThat(play.session().context().data().plan()).isPresent();

        play.play(". elapse 60s\n! close CLIENT\n! close SERVER\n~");

        assertThat(play.session().context().data().plan()).isEmpty();
    }

    @Test
    void closesTheOldPlanForTheNew() {
        Playbook play = TransferExchangeTest.passive();
        DataPlan next = new DataPlan(DataSyntax.EPSV, DataSyntax.EPSV);

        play.session().context().data().plan(next);

        play.play("! close CLIENT\n! close SERVER\n~");
        assertThat(play.session().context().data().plan()).containsSame(next);
    }

    @Test
    void abortsSoThatBothPeersSeeIt() {
        Playbook play = TransferExchangeTest.passive();

        play.session().context().data().abort();

        play.play("! abort CLIENT\n! abort SERVER\n~");
        assertThat(play.session().context().data().plan()).isEmpty();
    }

    @Test
    void forgetsWithoutClosing() {
        Playbook play = TransferExchangeTest.passive();

        play.session().context().data().forget();

        play.play("~");
        assertThat(play.session().context().data().plan()).isEmpty();
    }
}
