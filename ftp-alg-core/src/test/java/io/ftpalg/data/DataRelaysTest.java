package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.channel.ChannelListen;
import io.ftpalg.data.epoll.SpliceRelay;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.LegEvents;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.relay.BufferRelay;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.relay.RelayResult.End;
import io.ftpalg.policy.transfer.DataPath;
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
        try (DataFixture fixture = new DataFixture(Kind.SPLICE)) {
            assertRelays(fixture, fixture.listened(), fixture.dialled(), SpliceRelay.class);
        }
    }

    @Test
    void copiesBetweenTwoChannels() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            assertRelays(fixture, fixture.listened(), fixture.dialled(), BufferRelay.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesBetweenABareSocketAndAChannel(boolean bareClient) throws IOException {
        assumeTrue(Kind.available().contains(Kind.SPLICE));
        try (DataFixture fixture = new DataFixture(Kind.SPLICE)) {
            Wire bare = fixture.dialled();
            Wire channel = channel(fixture);

            assertRelays(fixture, bareClient ? bare : channel, bareClient ? channel : bare, BufferRelay.class);
        }
    }

    @Test
    void refusesALegOfSomebodyElse() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            Wire wire = fixture.listened();
            DataLeg foreign = new DataLeg() {
                @Override
                public void watch() {}

                @Override
                public void close() {}

                @Override
                public void abort() {}
            };

            assertThatThrownBy(() -> fixture.loop
                            .submit(() ->
                                    fixture.channels.relay(foreign, wire.leg(), DataFixture.plan(Flow.BOTH), end -> {}))
                            .syncUninterruptibly())
                    .hasStackTraceContaining("not a leg that was opened here");
            fixture.run(wire.leg()::abort);
            wire.peer().close();
        }
    }

    private static void assertRelays(DataFixture fixture, Wire client, Wire server, Class<? extends DataRelay> type)
            throws IOException {
        byte[] file = new byte[200_000];
        new Random(5).nextBytes(file);
        // Early bytes and the end behind them: whatever the relay, they must not be lost.
        client.send(file);
        client.fin();
        fixture.awaitTheLoop();

        Joined joined = fixture.join(client, server, DataFixture.plan(Flow.UPLOAD));

        assertThat(joined.relay()).isInstanceOf(type);
        assertThat(joined.relay().path()).isEqualTo(type == SpliceRelay.class ? DataPath.SPLICE : DataPath.BUFFER);
        assertThat(server.readAll()).isEqualTo(file);
        server.fin();
        assertThat(joined.result()).isEqualTo(new RelayResult(End.COMPLETE, 0, file.length));
        client.peer().close();
        server.peer().close();
    }

    /** A leg on an epoll loop that is a channel all the same. */
    private static Wire channel(DataFixture fixture) throws IOException {
        RecordingListener legListener = new RecordingListener();
        ChannelLeg leg = fixture.call(() -> {
            ChannelLeg opening = new ChannelLeg(new LegEvents(fixture.loop, legListener));
            new ChannelListen(
                            fixture.loop,
                            ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 1),
                            opening,
                            Kind.EPOLL.transport())
                    .start();
            return opening;
        });
        Socket peer = new Socket();
        peer.connect(legListener.listening());
        legListener.connected();
        return new Wire(leg, peer);
    }
}
