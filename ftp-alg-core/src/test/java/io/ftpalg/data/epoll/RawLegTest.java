package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.LoopTime;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawLegTest {
    private final DataFixture fixture =
            new DataFixture(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
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
    void handsItsSocketOverOnce() throws IOException {
        Wire wire = fixture.listened();
        RawLeg leg = (RawLeg) wire.leg();
        RawSocket socket = fixture.call(leg::handOver);

        assertThatThrownBy(leg::handOver).isInstanceOf(IllegalStateException.class);
        fixture.run(leg::abort);
        fixture.run(leg::close);
        assertThat(socket.isClosed()).isFalse();

        fixture.run(socket::closeInOrder);
        assertThat(wire.readAll()).isEmpty();
        wire.peer().close();
    }

    @Test
    void hasNothingToHandOverBeforeItIsConnected() {
        RecordingListener legListener = new RecordingListener();
        RawLeg leg = (RawLeg) fixture.listen(legListener);
        legListener.listening();

        assertThatThrownBy(() -> fixture.loop.submit(leg::handOver).syncUninterruptibly())
                .hasStackTraceContaining("no data connection to relay: OPENING");
        fixture.run(leg::abort);
    }

    @Test
    void isFoundResetByTheRelay() throws IOException {
        Wire client = fixture.listened();
        Wire server = fixture.dialled();
        client.rst();
        fixture.awaitTheLoop();

        assertThat(fixture.join(client, server, DataFixture.plan(RelayPlan.Flow.UPLOAD))
                        .result()
                        .end())
                .isEqualTo(RelayResult.End.CLIENT_RESET);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    /** An error stays ready for ever: who watches on gets an event in every turn of the loop. */
    @Test
    void doesNotSpinAfterAResetWhileNobodyWantsItsBytes() throws IOException {
        Wire wire = fixture.dialled();
        wire.rst();
        fixture.awaitTheLoop();

        assertThat(LoopTime.spentBy(fixture)).isLessThan(LoopTime.IDLE);
        fixture.run(wire.leg()::close);
    }
}
