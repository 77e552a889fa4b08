package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Bed.Joined;
import io.ftpalg.data.Bed.Wire;
import io.ftpalg.data.RelayPlan.Flow;
import io.ftpalg.data.RelayResult.End;
import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DataRelaysTest {

    @Test
    void splicesTwoBareSockets() throws IOException {
        assumeTrue(Kind.available().contains(Kind.SPLICE));
        try (Bed bed = new Bed(Kind.SPLICE)) {
            assertRelays(bed, bed.listened(), bed.dialled(), SpliceRelay.class);
        }
    }

    @Test
    void copiesBetweenTwoChannels() throws IOException {
        try (Bed bed = new Bed(Kind.NIO)) {
            assertRelays(bed, bed.listened(), bed.dialled(), BufferRelay.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesBetweenABareSocketAndAChannel(boolean bareClient) throws IOException {
        assumeTrue(Kind.available().contains(Kind.SPLICE));
        try (Bed bed = new Bed(Kind.SPLICE)) {
            Wire bare = bed.dialled();
            Wire channel = channel(bed);

            assertRelays(bed, bareClient ? bare : channel, bareClient ? channel : bare, BufferRelay.class);
        }
    }

    @Test
    void refusesALegOfSomebodyElse() throws IOException {
        try (Bed bed = new Bed(Kind.NIO)) {
            Wire wire = bed.listened();
            DataLeg foreign = new DataLeg() {
                @Override
                public void watch() {
                }

                @Override
                public void close() {
                }

                @Override
                public void abort() {
                }
            };

            assertThatThrownBy(() -> bed.loop.submit(() -> bed.channels.relay(foreign, wire.leg(), Bed.plan(Flow.BOTH),
                    end -> { })).syncUninterruptibly()).hasStackTraceContaining("not a leg that was opened here");
            bed.run(wire.leg()::abort);
            wire.peer().close();
        }
    }

    private static void assertRelays(Bed bed, Wire client, Wire server, Class<? extends DataRelay> type)
            throws IOException {
        byte[] file = new byte[200_000];
        new Random(5).nextBytes(file);
        // Early bytes and the end behind them: whatever the relay, they must not be lost.
        client.send(file);
        client.fin();
        bed.awaitTheLoop();

        Joined joined = bed.join(client, server, Bed.plan(Flow.UPLOAD));

        assertThat(joined.relay()).isInstanceOf(type);
        assertThat(server.readAll()).isEqualTo(file);
        server.fin();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, file.length));
        client.peer().close();
        server.peer().close();
    }

    /** A leg on an epoll loop that is a channel all the same. */
    private static Wire channel(Bed bed) throws IOException {
        Ears ears = new Ears();
        ChannelLeg leg = bed.call(() -> {
            ChannelLeg opening = new ChannelLeg(new LegEvents(bed.loop, ears));
            new ChannelListen(bed.loop, ListenRequest.of(Bed.LOCALHOST, Bed.ANY, Bed.LOCALHOST, 1), opening,
                    Kind.EPOLL.transport()).start();
            return opening;
        });
        Socket peer = new Socket();
        peer.connect(ears.listening());
        ears.connected();
        return new Wire(leg, peer);
    }
}
