package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final Bed bed;
    private final List<ServerSocket> taken = new ArrayList<>();

    SourcePortsTest(Kind kind) {
        bed = new Bed(kind);
    }

    static List<Kind> kinds() {
        return Kind.available();
    }

    @AfterEach
    void close() throws IOException {
        for (ServerSocket socket : taken) {
            socket.close();
        }
        bed.close();
    }

    @Test
    void dialsFromTheOnlyFreePort() throws IOException {
        PortRange range = range(8);
        int free = range.first() + 5;
        take(range, free);
        try (ServerSocket server = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            Ears ears = new Ears();
            DataLeg leg = dial(server, range, ears);
            try (Socket peer = server.accept()) {
                ears.connected();
                assertThat(peer.getPort()).isEqualTo(free);
            }
            bed.run(leg::abort);
        }
    }

    @Test
    void dialsFromAnotherPortWhereOneIsTakenTowardsThisPeer() throws IOException {
        PortRange range = range(2);
        try (ServerSocket server = new ServerSocket(0, 5, Bed.LOCALHOST);
                ServerSocket other = new ServerSocket(0, 5, Bed.LOCALHOST)) {
            List<DataLeg> legs = new ArrayList<>();
            for (ServerSocket to : List.of(server, server, other, other)) {
                Ears ears = new Ears();
                legs.add(dial(to, range, ears));
                ears.connected();
            }

            Ears third = new Ears();
            assertThat(dial(server, range, third)).isNotNull();

            assertThat(third.failed()).isEqualTo(DataFailure.NO_PORT);
            assertThat(third.details.get(0)).contains("cannot assign requested address");
            legs.forEach(leg -> bed.run(leg::abort));
        }
    }

    @Test
    void tellsThatAllPortsAreTaken() throws IOException {
        PortRange range = range(3);
        take(range, 0);
        try (ServerSocket server = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            Ears ears = new Ears();
            assertThat(dial(server, range, ears)).isNotNull();

            assertThat(ears.failed()).isEqualTo(DataFailure.NO_PORT);
            assertThat(ears.details.get(0)).contains("address already in use");
        }
    }

    @Test
    void tellsThatNobodyAcceptsAtOnce() throws IOException {
        Ears ears = new Ears();
        InetSocketAddress nobody = Nobody.address();
        DialRequest request = new DialRequest(nobody, local(), Optional.of(range(3)), Bed.SECONDS, PacketMarks.NONE);

        assertThat(bed.<DataLeg>call(() -> bed.channels.dial(request, ears))).isNotNull();

        assertThat(ears.failed()).isEqualTo(DataFailure.NOT_ACCEPTED);
    }

    @Test
    void listensAtTheOnlyFreePortThoughOnePeerHoldsOthers() throws IOException {
        PortRange range = range(4);
        take(range, range.first());
        Ears one = new Ears();

        DataLeg first = listen(range, one);

        assertThat(one.listening().getPort()).isEqualTo(range.first());
        Ears two = new Ears();
        assertThat(listen(range, two)).isNotNull();
        assertThat(two.failed()).isEqualTo(DataFailure.NO_PORT);
        bed.run(first::abort);
    }

    private DataLeg dial(ServerSocket server, PortRange range, Ears ears) {
        return bed.call(() -> bed.channels.dial(new DialRequest((InetSocketAddress) server.getLocalSocketAddress(), local(),
                Optional.of(range), Bed.SECONDS, PacketMarks.NONE), ears));
    }

    private DataLeg listen(PortRange range, Ears ears) {
        return bed.call(() -> bed.channels.listen(
                ListenRequest.of(Bed.LOCALHOST, PassivePorts.unshared(range), Bed.LOCALHOST, 3), ears));
    }

    private static Optional<InetSocketAddress> local() {
        return Optional.of(new InetSocketAddress(Bed.LOCALHOST, 0));
    }

    /** Listens on all ports of the range but one. */
    private void take(PortRange range, int free) throws IOException {
        for (int port = range.first(); port <= range.last(); port++) {
            if (port != free) {
                taken.add(new ServerSocket(port, 1, Bed.LOCALHOST));
            }
        }
    }

    /** Returns a range of free ports below those that the system picks. */
    static PortRange range(int size) throws IOException {
        for (int first = 20_000; first < 32_000; first += size) {
            List<ServerSocket> free = new ArrayList<>();
            try {
                for (int port = first; port < first + size; port++) {
                    free.add(new ServerSocket(port, 1, Bed.LOCALHOST));
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
