package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RawDialTest {
    private final DataFixture fixture =
            new DataFixture(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);
    private final RecordingListener legListener = new RecordingListener();

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellsThatNobodyAccepts() throws IOException {
        fixture.dial(ClosedPorts.address(), legListener);

        assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        assertThat(legListener.heard).containsExactly("failed");
    }

    @Test
    void givesUpAPeerThatDoesNotAnswer() throws IOException {
        try (ClosedPorts full = new ClosedPorts()) {
            fixture.call(() -> fixture.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(100)), legListener));

            assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
            assertThat(fixture.open()).isZero();
        }
    }

    @Test
    void isSilentOnceItIsAborted() throws IOException {
        try (ClosedPorts full = new ClosedPorts()) {
            DataLeg leg = fixture.call(() -> fixture.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(50)), legListener));
            fixture.run(leg::abort);

            assertThat(fixture.loop
                            .schedule(() -> {}, 100, TimeUnit.MILLISECONDS)
                            .awaitUninterruptibly(8, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(legListener.heard).isEmpty();
            assertThat(fixture.open()).isZero();
        }
    }

    @Test
    void dialsFromThePortThatWasAskedForSeveralTimes() throws IOException {
        InetSocketAddress local = ClosedPorts.address();
        try (ServerSocket one = new ServerSocket(0, 1, DataFixture.LOCALHOST);
                ServerSocket other = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            for (ServerSocket server : new ServerSocket[] {one, other}) {
                RecordingListener mine = new RecordingListener();
                DataLeg leg = fixture.call(() -> fixture.channels.dial(
                        new DialRequest(
                                (InetSocketAddress) server.getLocalSocketAddress(),
                                Optional.of(local),
                                DataFixture.SECONDS),
                        mine));
                try (Socket peer = server.accept()) {
                    mine.connected();
                    assertThat(peer.getRemoteSocketAddress()).isEqualTo(local);
                    // Reset: an end in order would leave the port in TIME_WAIT for this peer.
                    fixture.run(leg::abort);
                }
            }
        }
    }

    @Test
    void tellsThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();

            fixture.call(() -> fixture.channels.dial(
                    new DialRequest(ClosedPorts.address(), Optional.of(local), DataFixture.SECONDS), legListener));

            assertThat(legListener.failed()).isEqualTo(DataFailure.NO_SOCKET);
            assertThat(fixture.open()).isZero();
        }
    }

    @Test
    void dialsIpv6() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.address("::1"))) {
            DataLeg leg = fixture.dial((InetSocketAddress) server.getLocalSocketAddress(), legListener);

            assertThat(legListener.connected()).isEqualTo(server.getLocalSocketAddress());
            fixture.run(leg::abort);
        }
    }
}
