package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.port.PassivePorts;
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
        try (DataFixture fixture = new DataFixture(kind)) {
            Wire wire = fixture.listened();

            assertThat(wire.leg()).isInstanceOf(ChannelLeg.class);
            fixture.run(wire.leg()::abort);
            wire.peer().close();
        }
    }

    @Test
    void picksAPortOfTheRangeAndHoldsItWhileItListens() throws IOException {
        InetSocketAddress free = ClosedPorts.address();
        PassivePorts ports = PassivePorts.of(new PortRange(free.getPort(), free.getPort()), 100);
        try (DataFixture fixture = new DataFixture(kind, ports)) {
            RecordingListener legListener = new RecordingListener();
            DataLeg leg = fixture.listenInRange(DataFixture.LOCALHOST, legListener);

            assertThat(legListener.listening()).isEqualTo(free);
            assertThat(ports.leased()).isEqualTo(1);
            try (Socket peer = new Socket()) {
                peer.connect(free);
                legListener.connected();
                fixture.awaitTheLoop();
                assertThat(ports.leased()).as("while connected").isZero();
            }
            fixture.run(leg::abort);
        }
    }

    @Test
    void triesTwiceBeforeItSaysThatNoPortIsFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            PortRange only = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            try (DataFixture fixture = new DataFixture(kind, PassivePorts.of(only, 100))) {
                RecordingListener legListener = new RecordingListener();
                assertThat(fixture.listenInRange(DataFixture.LOCALHOST, legListener))
                        .isNotNull();

                assertThat(legListener.failed()).isEqualTo(DataFailure.NO_PORT);
                assertThat(legListener.heard).containsExactly("failed");
            }
        }
    }

    @Test
    void givesThePortBackWhenItIsAbortedBetweenTwoRounds() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
            PortRange only = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            try (DataFixture fixture = new DataFixture(kind, PassivePorts.of(only, 100))) {
                RecordingListener legListener = new RecordingListener();
                DataLeg leg = fixture.listenInRange(DataFixture.LOCALHOST, legListener);
                fixture.run(leg::abort);

                fixture.awaitNothingLeft();
                assertThat(legListener.heard).isEmpty();
            }
        }
    }
}
