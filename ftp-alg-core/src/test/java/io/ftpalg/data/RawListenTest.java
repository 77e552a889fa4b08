package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.Bed.Wire;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawListenTest {
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
    void bringsAboutABareSocket() throws IOException {
        Wire wire = bed.listened();

        assertThat(wire.leg()).isInstanceOf(RawLeg.class);
        assertThat(bed.open()).as("the listening socket is closed").isEqualTo(1);
        bed.run(wire.leg()::abort);
        wire.peer().close();
    }

    @Test
    void listensOnIpv6() throws IOException {
        Ears ears = new Ears();
        DataLeg leg = bed.call(() -> bed.channels.listen(
                ListenRequest.of(Bed.address("::1"), Bed.ANY, Bed.address("::1"), 3), ears));

        try (Socket peer = new Socket()) {
            peer.connect(ears.listening());

            assertThat(ears.connected()).isEqualTo(peer.getLocalSocketAddress());
        }
        bed.run(leg::abort);
    }

    /** Several may wait in the backlog when the loop comes to look: the first admitted one is it. */
    @Test
    void takesOneOfSeveralThatCameAtOnce() throws IOException {
        Ears ears = new Ears();
        DataLeg leg = bed.listen(ears);
        try (Socket one = new Socket(); Socket other = new Socket()) {
            bed.run(() -> {
                try {
                    one.connect(ears.listening());
                    other.connect(ears.listening());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(ears.connected()).isEqualTo(one.getLocalSocketAddress());
            assertThat(ears.heard).containsExactly("listening", "connected");
            bed.run(leg::abort);
        }
    }

    @Test
    void failsWhenItsLoopEnds() throws IOException {
        Ears ears = new Ears();
        assertThat(bed.listenInRange(Bed.LOCALHOST, ears)).isNotNull();
        ears.listening();

        bed.stop();

        assertThat(bed.open()).isZero();
        assertThat(bed.ports.leased()).isZero();
    }
}
