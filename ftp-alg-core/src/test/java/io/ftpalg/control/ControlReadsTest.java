package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("transports")
@Timeout(40)
class ControlReadsTest {
    private static final int MARK = 8 << 10;
    private static final Limits LIMITS = Limits.builder()
            .controlBuffer(MARK)
            .pipelinedBytes(8 << 10)
            .unsolicitedReplies(1_000_000)
            .build();

    private final Transport transport;

    ControlReadsTest(Transport transport) {
        this.transport = transport;
    }

    static List<Transport> transports() {
        return TransportTest.available();
    }

    /** The kernel tells of an end of input even where nobody asked for input. */
    @Test
    void takesNoMoreOfAClientThatEndsItsInputAndDoesNotRead() throws IOException {
        try (TestNetwork network = new TestNetwork(transport, LIMITS);
                Talk talk = network.talk()) {
            Flood.holdReplies(network);
            try (Flood flood = new Flood(network, talk.client(), "EPSV ALL", 256 << 10)) {
                flood.awaitHalt();
                await().atMost(TestNetwork.PATIENCE).until(flood::isSent);
                talk.client().socket.shutdownOutput();

                flood.awaitStandstill();
                assertThat(flood.waiting()).isLessThan(MARK + 2048);
            }
        }
    }

    /** Its replies come unasked, so each command is answered at once. */
    @Test
    void readsNoMoreOfTheClientWhenTheServerDoesNotReadItsCommands() throws IOException {
        try (TestNetwork network = new TestNetwork(transport, LIMITS)) {
            network.server.setReceiveBufferSize(4096);
            try (Talk talk = network.talk();
                    Flood server = new Flood(network, talk.server(), "250 fine", 1 << 20);
                    Flood client = new Flood(network, talk.client(), "CWD " + "x".repeat(8000), 64 << 20)) {
                new Thread(() -> readOn(talk.client())).start();

                client.awaitStandstill();
                assertThat(client.isSent()).isFalse();
                assertThat(server.isOpen()).isTrue();
            }
        }
    }

    private static void readOn(Peer client) {
        try {
            while (!client.receive().equals(Peer.END)) {
                // What it is does not matter.
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPSV ALL", "NOOP"})
    void endsASessionWhoseClientDoesNotRead(String line) throws IOException {
        Limits limits = LIMITS.toBuilder()
                .stallTimeout(Duration.ofMillis(300))
                .replyTimeout(Duration.ofMillis(300))
                .build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            Flood.holdReplies(network);
            try (Flood flood = new Flood(network, talk.client(), line, 256 << 10)) {
                SessionClosed closed = network.event(SessionClosed.class);

                assertThat(closed.cause())
                        .isEqualTo(line.equals("NOOP") ? CloseCause.SERVER_SILENT : CloseCause.CLIENT_STALLED);
                await().atMost(TestNetwork.PATIENCE).until(() -> !flood.isOpen());
            }
        }
    }
}
