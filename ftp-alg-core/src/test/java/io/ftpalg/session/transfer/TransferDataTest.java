package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.data.TransferResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The data of a transfer, whatever the server says of it. */
class TransferDataTest {
    private final Playbook play = TransferExchangeTest.passive();

    private TransferData data(FtpVerb verb) {
        return new TransferData(
                play.context(),
                FtpCommand.of(verb, "f"),
                play.context().data().plan().orElseThrow());
    }

    private TransferFinished told(TransferData data) {
        data.tellFinished(Optional.of(226), Optional.of(426));
        return play.events().of(TransferFinished.class).get(0);
    }

    @Test
    void relaysOnceBothAreConnected() {
        TransferData data = data(FtpVerb.STOR);
        data.allow();
        assertThat(data.isWaiting()).isTrue();
        play.play(". connected CLIENT");

        data.allow();
        data.allow();

        play.play("! relay CLIENT\n~");
        assertThat(data.isRelaying()).isTrue();
    }

    @Test
    void cutsBothLegsBeforeTheRelay() {
        TransferData data = data(FtpVerb.RETR);

        data.cut(TransferEnd.SERVER_FAILED);
        data.cut(TransferEnd.ABORTED);

        play.play("! abort CLIENT\n! abort SERVER\n~");
        assertThat(data.isOver()).isTrue();
        assertThat(told(data))
                .extracting(TransferFinished::end, TransferFinished::dataPath)
                .containsExactly(TransferEnd.SERVER_FAILED, Optional.empty());
    }

    @Test
    void staysCutForItsReasonWhenTheRelayEnds() {
        TransferData data = data(FtpVerb.RETR);
        play.play(". connected CLIENT");
        data.allow();
        data.cut(TransferEnd.ABORTED);
        play.play("! relay SERVER\n! abort-relay\n~");

        data.onEnded(new TransferResult(TransferEnd.SERVER_FAILED, DataPath.SPLICE, 10, 0));

        assertThat(told(data))
                .extracting(TransferFinished::end, TransferFinished::bytesToClient, TransferFinished::dataPath)
                .containsExactly(TransferEnd.ABORTED, 10L, Optional.of(DataPath.SPLICE));
    }

    @Test
    void isNotCompleteIfNobodyWasTold() {
        TransferData data = data(FtpVerb.RETR);
        data.onEnded(new TransferResult(TransferEnd.COMPLETE, DataPath.SPLICE, 10, 0));
        assertThat(data.isComplete()).isTrue();

        data.cutUntold();

        assertThat(told(data).end()).isEqualTo(TransferEnd.SESSION_CLOSED);
    }

    @Test
    void isCompleteWithoutDataOnlyWhenDownloading() {
        TransferData download = data(FtpVerb.RETR);
        TransferData upload = data(FtpVerb.STOR);

        download.endEmpty();
        upload.endEmpty();

        play.play("! close CLIENT\n! close SERVER\n~");
        assertThat(download.isComplete()).isTrue();
        assertThat(upload.isComplete()).isFalse();
    }
}
