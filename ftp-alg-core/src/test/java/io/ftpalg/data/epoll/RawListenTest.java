package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.ListenRequest;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawListenTest {
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
    void bringsAboutABareSocket() throws IOException {
        Wire wire = fixture.listened();

        assertThat(wire.leg()).isInstanceOf(RawLeg.class);
        assertThat(fixture.open()).as("the listening socket is closed").isEqualTo(1);
        fixture.run(wire.leg()::abort);
        wire.peer().close();
    }

    @Test
    void listensOnIpv6() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.call(() -> fixture.channels.listen(
                ListenRequest.of(DataFixture.address("::1"), DataFixture.ANY, DataFixture.address("::1"), 3),
                legListener));

        try (Socket peer = new Socket()) {
            peer.connect(legListener.listening());

            assertThat(legListener.connected()).isEqualTo(peer.getLocalSocketAddress());
        }
        fixture.run(leg::abort);
    }

    /** Several may wait in the backlog when the loop comes to look: the first admitted one is it. */
    @Test
    void takesOneOfSeveralThatCameAtOnce() throws IOException {
        RecordingListener legListener = new RecordingListener();
        DataLeg leg = fixture.listen(legListener);
        try (Socket one = new Socket();
                Socket other = new Socket()) {
            fixture.run(() -> {
                try {
                    one.connect(legListener.listening());
                    other.connect(legListener.listening());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(legListener.connected()).isEqualTo(one.getLocalSocketAddress());
            assertThat(legListener.heard).containsExactly("listening", "connected");
            fixture.run(leg::abort);
        }
    }

    @Test
    void failsWhenItsLoopEnds() throws IOException {
        RecordingListener legListener = new RecordingListener();
        assertThat(fixture.listenInRange(DataFixture.LOCALHOST, legListener)).isNotNull();
        legListener.listening();

        fixture.stop();

        assertThat(fixture.open()).isZero();
        assertThat(fixture.ports.leased()).isZero();
    }
}
