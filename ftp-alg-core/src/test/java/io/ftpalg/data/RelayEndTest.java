package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.Bed.Wire;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(15)
class RelayEndTest {

    @Test
    void inTheClearIsReadyAtOnceAndEndsWithFin() throws IOException {
        try (Bed bed = new Bed(Kind.NIO)) {
            Wire wire = bed.dialled();
            SocketChannel socket = bed.call(((ChannelLeg) wire.leg())::handOver);
            RelayEnd end = RelayEnd.clear(socket);

            bed.run(() -> {
                end.open();
                end.shutOutput();
            });

            assertThat(end.isReady()).isTrue();
            assertThat(wire.readAll()).isEmpty();
            wire.peer().close();
            bed.run(() -> DataSockets.abort(socket));
        }
    }
}
