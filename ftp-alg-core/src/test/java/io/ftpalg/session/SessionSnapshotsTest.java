package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionSnapshot.Phase;
import io.ftpalg.live.TransferSnapshot;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionSnapshotsTest {

    @Test
    void hasWhoIsThereAndWhere() {
        Playbook play = Playbook.loggedIn().play(". elapse 3s");

        SessionSnapshot now = play.session().snapshot();

        assertThat(now.id()).isEqualTo(1);
        assertThat(now.client()).isEqualTo(Playbook.CLIENT);
        assertThat(now.listener()).isEqualTo(Playbook.GATEWAY);
        assertThat(now.server()).contains(Playbook.SERVER);
        assertThat(now.user()).contains("joe");
        assertThat(now.phase()).isEqualTo(Phase.READY);
        assertThat(now.age()).isEqualTo(Duration.ofSeconds(3));
        assertThat(now.idle()).isEqualTo(Duration.ofSeconds(3));
        assertThat(now.commands()).isEqualTo(2);
        assertThat(now.transfer()).isEmpty();
        assertThat(now.command()).isEmpty();
        assertThat(now.clientTls()).isEmpty();
        assertThat(now.proxyUser()).isEmpty();
    }

    @Test
    void countsTheBytesOfARunningTransfer() {
        Playbook play = TransferExchangeTest.downloading();
        play.log().relays(Side.CLIENT, 1234);
        play.play(". elapse 2s");

        SessionSnapshot now = play.session().snapshot();

        assertThat(now.phase()).isEqualTo(Phase.TRANSFER);
        assertThat(now.bytesToClient()).isEqualTo(1234);
        assertThat(now.bytesToServer()).isZero();
        assertThat(now.idle()).isZero();
        assertThat(now.command()).contains(FtpVerb.RETR);
        assertThat(now.transfer()).contains(new TransferSnapshot(FtpVerb.RETR, "f", Duration.ofSeconds(2), 1234, 0));
    }

    @Test
    void countsEachByteOnceWhenTheTransferIsOver() {
        Playbook play = TransferExchangeTest.downloading();
        play.log().relays(Side.CLIENT, 1234);
        play.play(". ended COMPLETE 5000 0\nS> 226 done\nC< 226 done");

        SessionSnapshot now = play.session().snapshot();

        assertThat(now.phase()).isEqualTo(Phase.READY);
        assertThat(now.bytesToClient()).isEqualTo(5000);
        assertThat(now.transfers()).isEqualTo(1);
        assertThat(now.transfer()).isEmpty();
    }

    @Test
    void isConnectingBeforeThereIsAServer() {
        Playbook play = Playbook.cast().begin().play(". start\n! route");

        assertThat(play.session().snapshot().phase()).isEqualTo(Phase.CONNECTING);
        assertThat(play.session().snapshot().server()).isEmpty();
    }

    @Test
    void isClosingWhenTheLastReplyIsSent() {
        Playbook play = Playbook.loggedIn().play(". client-gone\n! end");

        assertThat(play.session().snapshot().phase()).isEqualTo(Phase.CLOSING);
    }
}
