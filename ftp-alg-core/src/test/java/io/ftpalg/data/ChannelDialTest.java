package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.DataFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
@Timeout(20)
class ChannelDialTest {
    private final Bed bed;
    private final Ears ears = new Ears();

    ChannelDialTest(Kind kind) {
        bed = new Bed(kind);
    }

    static List<Kind> kinds() {
        return ChannelListenTest.kinds();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givesUpAPeerThatDoesNotAnswer() throws IOException {
        try (Nobody full = new Nobody()) {
            bed.call(() -> bed.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(100)), ears));

            assertThat(ears.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        }
    }

    @Test
    void isSilentOnceItIsAborted() throws IOException {
        try (Nobody full = new Nobody()) {
            DataLeg leg = bed.call(() -> bed.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(50)), ears));
            bed.run(leg::abort);

            bed.awaitNothingLeft();
            assertThat(ears.heard).isEmpty();
        }
    }

    @Test
    void tellsThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();

            bed.call(() -> bed.channels.dial(new DialRequest(Nobody.address(), Optional.of(local), Bed.SECONDS), ears));

            assertThat(ears.failed()).isEqualTo(DataFailure.NO_SOCKET);
        }
    }

    @Test
    void dialsFromThePortThatWasAskedFor() throws IOException {
        InetSocketAddress local = Nobody.address();
        try (ServerSocket server = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            DataLeg leg = bed.call(() -> bed.channels.dial(new DialRequest(
                    (InetSocketAddress) server.getLocalSocketAddress(), Optional.of(local), Bed.SECONDS), ears));
            try (Socket peer = server.accept()) {
                assertThat(ears.connected()).isEqualTo(server.getLocalSocketAddress());
                assertThat(peer.getRemoteSocketAddress()).isEqualTo(local);
            }
            bed.run(leg::abort);
        }
    }
}
