package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.Bed.Wire;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
@Timeout(20)
class ChannelListenTest {
    private final Kind kind;

    ChannelListenTest(Kind kind) {
        this.kind = kind;
    }

    static List<Kind> kinds() {
        return Kind.available().stream().filter(kind -> kind != Kind.SPLICE).toList();
    }

    @Test
    void bringsAboutAChannel() throws IOException {
        try (Bed bed = new Bed(kind)) {
            Wire wire = bed.listened();

            assertThat(wire.leg()).isInstanceOf(ChannelLeg.class);
            bed.run(wire.leg()::abort);
            wire.peer().close();
        }
    }

    @Test
    void picksAPortOfTheRangeAndHoldsItWhileItListens() throws IOException {
        InetSocketAddress free = Nobody.address();
        PassivePorts ports = PassivePorts.of(new PortRange(free.getPort(), free.getPort()), 100);
        try (Bed bed = new Bed(kind, ports)) {
            Ears ears = new Ears();
            DataLeg leg = bed.listenInRange(Bed.LOCALHOST, ears);

            assertThat(ears.listening()).isEqualTo(free);
            assertThat(ports.leased()).isEqualTo(1);
            try (Socket peer = new Socket()) {
                peer.connect(free);
                ears.connected();
                bed.awaitTheLoop();
                assertThat(ports.leased()).as("while connected").isZero();
            }
            bed.run(leg::abort);
        }
    }

    @Test
    void triesTwiceBeforeItSaysThatNoPortIsFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            PortRange only = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            try (Bed bed = new Bed(kind, PassivePorts.of(only, 100))) {
                Ears ears = new Ears();
                assertThat(bed.listenInRange(Bed.LOCALHOST, ears)).isNotNull();

                assertThat(ears.failed()).isEqualTo(DataFailure.NO_PORT);
                assertThat(ears.heard).containsExactly("failed");
            }
        }
    }

    @Test
    void givesThePortBackWhenItIsAbortedBetweenTwoRounds() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Bed.LOCALHOST)) {
            PortRange only = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            try (Bed bed = new Bed(kind, PassivePorts.of(only, 100))) {
                Ears ears = new Ears();
                DataLeg leg = bed.listenInRange(Bed.LOCALHOST, ears);
                bed.run(leg::abort);

                bed.awaitNothingLeft();
                assertThat(ears.heard).isEmpty();
            }
        }
    }
}
