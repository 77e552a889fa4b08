package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
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
    private final DataFixture fixture;
    private final RecordingListener legListener = new RecordingListener();

    ChannelDialTest(Kind kind) {
        fixture = new DataFixture(kind);
    }

    static List<Kind> kinds() {
        return ChannelListenTest.kinds();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void givesUpAPeerThatDoesNotAnswer() throws IOException {
        try (ClosedPorts full = new ClosedPorts()) {
            fixture.call(() -> fixture.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(100)), legListener));

            assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
        }
    }

    @Test
    void isSilentOnceItIsAborted() throws IOException {
        try (ClosedPorts full = new ClosedPorts()) {
            DataLeg leg = fixture.call(() -> fixture.channels.dial(
                    new DialRequest(full.fullListener(), Optional.empty(), Duration.ofMillis(50)), legListener));
            fixture.run(leg::abort);

            fixture.awaitNothingLeft();
            assertThat(legListener.heard).isEmpty();
        }
    }

    @Test
    void tellsThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            InetSocketAddress local = (InetSocketAddress) taken.getLocalSocketAddress();

            fixture.call(() -> fixture.channels.dial(
                    new DialRequest(ClosedPorts.address(), Optional.of(local), DataFixture.SECONDS), legListener));

            assertThat(legListener.failed()).isEqualTo(DataFailure.NO_SOCKET);
        }
    }

    @Test
    void dialsFromThePortThatWasAskedFor() throws IOException {
        InetSocketAddress local = ClosedPorts.address();
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            DataLeg leg = fixture.call(() -> fixture.channels.dial(
                    new DialRequest(
                            (InetSocketAddress) server.getLocalSocketAddress(),
                            Optional.of(local),
                            DataFixture.SECONDS),
                    legListener));
            try (Socket peer = server.accept()) {
                assertThat(legListener.connected()).isEqualTo(server.getLocalSocketAddress());
                assertThat(peer.getRemoteSocketAddress()).isEqualTo(local);
            }
            fixture.run(leg::abort);
        }
    }
}
