package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.Bed.Wire;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.ftpalg.data.ChannelListenTest#kinds")
@Timeout(20)
class ChannelLegTest {
    private final Bed bed;

    ChannelLegTest(Kind kind) {
        bed = new Bed(kind);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void isEndedInOrderOrCut() throws IOException {
        Wire ended = bed.listened();
        Wire cut = bed.dialled();

        bed.run(ended.leg()::close);
        bed.run(cut.leg()::abort);

        assertThat(ended.readAll()).isEmpty();
        assertThatThrownBy(cut::readAll).isInstanceOf(SocketException.class);
        ended.peer().close();
    }

    @Test
    void handsItsChannelOverOnce() throws IOException {
        Wire wire = bed.listened();
        ChannelLeg leg = (ChannelLeg) wire.leg();
        SocketChannel channel = bed.call(leg::handOver);

        assertThatThrownBy(leg::handOver).isInstanceOf(IllegalStateException.class).hasMessageContaining("HANDED_OVER");
        bed.run(leg::abort);
        bed.run(leg::close);
        assertThat(channel.isOpen()).isTrue();

        bed.run(() -> DataSockets.close(channel));
        assertThat(wire.readAll()).isEmpty();
        wire.peer().close();
    }

    @Test
    void hasNothingToHandOverBeforeItIsConnectedOrAfterItsEnd() {
        Ears ears = new Ears();
        ChannelLeg leg = (ChannelLeg) bed.listen(ears);
        ears.listening();
        assertThatThrownBy(leg::handOver).isInstanceOf(IllegalStateException.class).hasMessageContaining("OPENING");

        bed.run(leg::close);

        assertThatThrownBy(leg::handOver).isInstanceOf(IllegalStateException.class).hasMessageContaining("ENDED");
        assertThat(bed.call(leg::opening)).isFalse();
    }

    @Test
    void failsOnce() {
        Ears ears = new Ears();
        ChannelLeg leg = bed.call(() -> {
            ChannelLeg failing = new ChannelLeg(new LegEvents(bed.loop, ears));
            failing.failed(DataFailure.NOT_ACCEPTED, new IOException("first"));
            failing.failed(DataFailure.NO_SOCKET, "second");
            return failing;
        });

        assertThat(ears.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        bed.run(() -> { });
        assertThat(ears.heard).containsExactly("failed");
        assertThat(leg.opening()).isFalse();
    }
}
