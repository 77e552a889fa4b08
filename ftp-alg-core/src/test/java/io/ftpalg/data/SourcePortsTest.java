package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Data connections from and at the local ports of a range, whatever they are made of. */
@ParameterizedClass
@MethodSource("kinds")
@Timeout(30)
class SourcePortsTest {
    private final DataFixture fixture;
    private final List<ServerSocket> taken = new ArrayList<>();

    SourcePortsTest(Kind kind) {
        fixture = new DataFixture(kind);
    }

    static List<Kind> kinds() {
        return Kind.available();
    }

    @AfterEach
    void close() throws IOException {
        for (ServerSocket socket : taken) {
            socket.close();
        }
        fixture.close();
    }

    @Test
    void dialsFromTheOnlyFreePort() throws IOException {
        PortRange range = range(8);
        int free = range.first() + 5;
        take(range, free);
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            RecordingListener legListener = new RecordingListener();
            DataLeg leg = dial(server, range, legListener);
            try (Socket peer = server.accept()) {
                legListener.connected();
                assertThat(peer.getPort()).isEqualTo(free);
            }
            fixture.run(leg::abort);
        }
    }

    @Test
    void dialsFromAnotherPortWhereOneIsTakenTowardsThisPeer() throws IOException {
        PortRange range = range(2);
        try (ServerSocket server = new ServerSocket(0, 5, DataFixture.LOCALHOST);
                ServerSocket other = new ServerSocket(0, 5, DataFixture.LOCALHOST)) {
            List<DataLeg> legs = new ArrayList<>();
            for (ServerSocket to : List.of(server, server, other, other)) {
                RecordingListener legListener = new RecordingListener();
                legs.add(dial(to, range, legListener));
                legListener.connected();
            }

            RecordingListener third = new RecordingListener();
            assertThat(dial(server, range, third)).isNotNull();

            assertThat(third.failed()).isEqualTo(DataFailure.NO_PORT);
            assertThat(third.details.get(0)).contains("cannot assign requested address");
            legs.forEach(leg -> fixture.run(leg::abort));
        }
    }

    @Test
    void tellsThatAllPortsAreTaken() throws IOException {
        PortRange range = range(3);
        take(range, 0);
        try (ServerSocket server = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            RecordingListener legListener = new RecordingListener();
            assertThat(dial(server, range, legListener)).isNotNull();

            assertThat(legListener.failed()).isEqualTo(DataFailure.NO_PORT);
            assertThat(legListener.details.get(0)).contains("address already in use");
        }
    }

    @Test
    void tellsThatNobodyAcceptsAtOnce() throws IOException {
        RecordingListener legListener = new RecordingListener();
        InetSocketAddress nobody = ClosedPorts.address();
        DialRequest request =
                new DialRequest(nobody, local(), Optional.of(range(3)), DataFixture.SECONDS, PacketMarks.NONE);

        assertThat(fixture.<DataLeg>call(() -> fixture.channels.dial(request, legListener)))
                .isNotNull();

        assertThat(legListener.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
    }

    @Test
    void listensAtTheOnlyFreePortThoughOnePeerHoldsOthers() throws IOException {
        PortRange range = range(4);
        take(range, range.first());
        RecordingListener one = new RecordingListener();

        DataLeg first = listen(range, one);

        assertThat(one.listening().getPort()).isEqualTo(range.first());
        RecordingListener two = new RecordingListener();
        assertThat(listen(range, two)).isNotNull();
        assertThat(two.failed()).isEqualTo(DataFailure.NO_PORT);
        fixture.run(first::abort);
    }

    private DataLeg dial(ServerSocket server, PortRange range, RecordingListener legListener) {
        return fixture.call(() -> fixture.channels.dial(
                new DialRequest(
                        (InetSocketAddress) server.getLocalSocketAddress(),
                        local(),
                        Optional.of(range),
                        DataFixture.SECONDS,
                        PacketMarks.NONE),
                legListener));
    }

    private DataLeg listen(PortRange range, RecordingListener legListener) {
        return fixture.call(() -> fixture.channels.listen(
                ListenRequest.of(DataFixture.LOCALHOST, PassivePorts.unshared(range), DataFixture.LOCALHOST, 3),
                legListener));
    }

    private static Optional<InetSocketAddress> local() {
        return Optional.of(new InetSocketAddress(DataFixture.LOCALHOST, 0));
    }

    /** Listens on all ports of the range but one. */
    private void take(PortRange range, int free) throws IOException {
        for (int port = range.first(); port <= range.last(); port++) {
            if (port != free) {
                taken.add(new ServerSocket(port, 1, DataFixture.LOCALHOST));
            }
        }
    }

    /** Returns a range of free ports below those that the system picks. */
    static PortRange range(int size) throws IOException {
        for (int first = 20_000; first < 32_000; first += size) {
            List<ServerSocket> free = new ArrayList<>();
            try {
                for (int port = first; port < first + size; port++) {
                    free.add(new ServerSocket(port, 1, DataFixture.LOCALHOST));
                }
                return new PortRange(first, first + size - 1);
            } catch (IOException e) {
                // The next ones.
            } finally {
                for (ServerSocket socket : free) {
                    socket.close();
                }
            }
        }
        throw new IOException("no " + size + " free ports side by side");
    }
}
