package io.ftpalg.data.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.channel.DataSockets;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(15)
class RelayEndTest {

    @Test
    void inTheClearIsReadyAtOnceAndEndsWithFin() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            Wire wire = fixture.dialled();
            SocketChannel socket = fixture.call(((ChannelLeg) wire.leg())::handOver);
            RelayEnd end = RelayEnd.clear(socket);

            fixture.run(() -> {
                end.open();
                end.shutOutput();
            });

            assertThat(end.isReady()).isTrue();
            assertThat(wire.readAll()).isEmpty();
            wire.peer().close();
            fixture.run(() -> DataSockets.abort(socket));
        }
    }
}
