package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.LegEvents;
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
@MethodSource("io.ftpalg.data.channel.ChannelListenTest#kinds")
@Timeout(20)
class ChannelLegTest {
    private final DataFixture fixture;

    ChannelLegTest(Kind kind) {
        fixture = new DataFixture(kind);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isEndedInOrderOrCut() throws IOException {
        Wire ended = fixture.listened();
        Wire cut = fixture.dialled();

        fixture.run(ended.leg()::close);
        fixture.run(cut.leg()::abort);

        assertThat(ended.readAll()).isEmpty();
        assertThatThrownBy(cut::readAll).isInstanceOf(SocketException.class);
        ended.peer().close();
    }

    @Test
    void handsItsChannelOverOnce() throws IOException {
        Wire wire = fixture.listened();
        ChannelLeg leg = (ChannelLeg) wire.leg();
        SocketChannel channel = fixture.call(leg::handOver);

        assertThatThrownBy(leg::handOver)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HANDED_OVER");
        fixture.run(leg::abort);
        fixture.run(leg::close);
        assertThat(channel.isOpen()).isTrue();

        fixture.run(() -> DataSockets.close(channel));
        assertThat(wire.readAll()).isEmpty();
        wire.peer().close();
    }

    @Test
    void hasNothingToHandOverBeforeItIsConnectedOrAfterItsEnd() {
        RecordingListener legListener = new RecordingListener();
        ChannelLeg leg = (ChannelLeg) fixture.listen(legListener);
        legListener.listening();
        assertThatThrownBy(leg::handOver)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OPENING");

        fixture.run(leg::close);

        assertThatThrownBy(leg::handOver)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ENDED");
        assertThat(fixture.call(leg::opening)).isFalse();
    }

    @Test
    void failsOnce() {
        RecordingListener legListener = new RecordingListener();
        ChannelLeg leg = fixture.call(() -> {
            ChannelLeg failing = new ChannelLeg(new LegEvents(fixture.loop, legListener));
            failing.failed(DataFailure.NOT_ACCEPTED, new IOException("first"));
            failing.failed(DataFailure.NO_SOCKET, "second");
            return failing;
        });

        assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        fixture.run(() -> {});
        assertThat(legListener.heard).containsExactly("failed");
        assertThat(leg.opening()).isFalse();
    }
}
