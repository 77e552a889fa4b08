package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Bed.Wire;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawLegTest {
    private final Bed bed = new Bed(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
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
    void handsItsSocketOverOnce() throws IOException {
        Wire wire = bed.listened();
        RawLeg leg = (RawLeg) wire.leg();
        RawSocket socket = bed.call(leg::handOver);

        assertThatThrownBy(leg::handOver).isInstanceOf(IllegalStateException.class);
        bed.run(leg::abort);
        bed.run(leg::close);
        assertThat(socket.isClosed()).isFalse();

        bed.run(socket::closeInOrder);
        assertThat(wire.readAll()).isEmpty();
        wire.peer().close();
    }

    @Test
    void hasNothingToHandOverBeforeItIsConnected() {
        Ears ears = new Ears();
        RawLeg leg = (RawLeg) bed.listen(ears);
        ears.listening();

        assertThatThrownBy(() -> bed.loop.submit(leg::handOver).syncUninterruptibly())
                .hasStackTraceContaining("no data connection to relay: OPENING");
        bed.run(leg::abort);
    }

    @Test
    void isFoundResetByTheRelay() throws IOException {
        Wire client = bed.listened();
        Wire server = bed.dialled();
        client.rst();
        bed.awaitTheLoop();

        assertThat(bed.join(client, server, Bed.plan(RelayPlan.Flow.UPLOAD)).result().end())
                .isEqualTo(RelayResult.End.CLIENT_RESET);
        assertThatThrownBy(server::readAll).isInstanceOf(SocketException.class);
    }

    /** An error stays ready for ever: who watches on gets an event in every turn of the loop. */
    @Test
    void doesNotSpinAfterAResetWhileNobodyWantsItsBytes() throws IOException {
        Wire wire = bed.dialled();
        wire.rst();
        bed.awaitTheLoop();

        assertThat(LoopTime.spentBy(bed)).isLessThan(LoopTime.IDLE);
        bed.run(wire.leg()::close);
    }
}
