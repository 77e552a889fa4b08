package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    private final Bed bed = new Bed(Kind.available().contains(Kind.SPLICE) ? Kind.SPLICE : Kind.NIO);
    private final Ears ears = new Ears();

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable());
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void tellsThatNobodyAccepts() throws IOException {
        bed.dial(Nobody.address(), ears);

        assertThat(ears.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        assertThat(ears.heard).containsExactly("failed");
    }

    @Test
    void givesUpAPeerThatDoesNotAnswer() throws IOException {
        try (Nobody full = new Nobody()) {
            bed.call(() -> bed.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(100)), ears));

            assertThat(ears.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
            assertThat(bed.open()).isZero();
        }
    }

    @Test
    void isSilentOnceItIsAborted() throws IOException {
        try (Nobody full = new Nobody()) {
            DataLeg leg = bed.call(() -> bed.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(50)), ears));
            bed.run(leg::abort);

            assertThat(bed.loop.schedule(() -> { }, 100, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(8, TimeUnit.SECONDS)).isTrue();
            assertThat(ears.heard).isEmpty();
            assertThat(bed.open()).isZero();
        }
    }

    @Test
    void dialsFromThePortThatWasAskedForSeveralTimes() throws IOException {
        InetSocketAddress local = Nobody.address();
        try (ServerSocket one = new ServerSocket(0, 1, Bed.LOCALHOST);
                ServerSocket other = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            for (ServerSocket server : new ServerSocket[] {one, other}) {
                Ears mine = new Ears();
                DataLeg leg = bed.call(() -> bed.channels.dial(new DialRequest(
                        (InetSocketAddress) server.getLocalSocketAddress(), Optional.of(local), Bed.SECONDS), mine));
                try (Socket peer = server.accept()) {
                    mine.connected();
                    assertThat(peer.getRemoteSocketAddress()).isEqualTo(local);
                    // Reset: an end in order would leave the port in TIME_WAIT for this peer.
                    bed.run(leg::abort);
                }
            }
        }
    }

    @Test
    void tellsThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();

            bed.call(() -> bed.channels.dial(new DialRequest(Nobody.address(), Optional.of(local), Bed.SECONDS), ears));

            assertThat(ears.failed()).isEqualTo(DataFailure.NO_SOCKET);
            assertThat(bed.open()).isZero();
        }
    }

    @Test
    void dialsIpv6() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, Bed.address("::1"))) {
            DataLeg leg = bed.dial((InetSocketAddress) server.getLocalSocketAddress(), ears);

            assertThat(ears.connected()).isEqualTo(server.getLocalSocketAddress());
            bed.run(leg::abort);
        }
    }
}
