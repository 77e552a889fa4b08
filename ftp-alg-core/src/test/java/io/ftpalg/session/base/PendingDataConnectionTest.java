package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;

/** How long what was agreed is kept, and how it goes. */
class PendingDataConnectionTest {

    @Test
    void closesAPlanThatNoTransferUses() {
        Playbook play = TransferExchangeTest.passive();
        assertThat(play.context().data().plan()).isPresent();

        play.play(". elapse 60s\n! close CLIENT\n! close SERVER\n~");

        assertThat(play.context().data().plan()).isEmpty();
    }

    @Test
    void closesTheOldPlanForTheNew() {
        Playbook play = TransferExchangeTest.passive();
        DataPlan next = new DataPlan(DataSyntax.EPSV, DataSyntax.EPSV);

        play.context().data().plan(next);

        play.play("! close CLIENT\n! close SERVER\n~");
        assertThat(play.context().data().plan()).containsSame(next);
    }

    @Test
    void abortsSoThatBothPeersSeeIt() {
        Playbook play = TransferExchangeTest.passive();

        play.context().data().abort();

        play.play("! abort CLIENT\n! abort SERVER\n~");
        assertThat(play.context().data().plan()).isEmpty();
    }

    @Test
    void forgetsWithoutClosing() {
        Playbook play = TransferExchangeTest.passive();

        play.context().data().forget();

        play.play("~");
        assertThat(play.context().data().plan()).isEmpty();
    }
}
