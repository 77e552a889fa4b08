package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ClientHandlerTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void handsLinesToTheSession(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().say("NOOP", "PWD");

            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().say("200 one");
            assertThat(talk.server().receive()).isEqualTo("PWD");
            talk.server().say("257 \"/\"");
            assertThat(talk.client().receive()).isEqualTo("200 one");
            assertThat(talk.client().receive()).isEqualTo("257 \"/\"");
        }
    }

    @Test
    void tellsOfALineThatDoesNotEnd() throws IOException {
        Limits limits = Limits.builder().lineTimeout(Duration.ofMillis(50)).build();
        try (TestNetwork network = new TestNetwork(Transport.NIO, limits);
                Talk talk = network.talk()) {
            talk.client().send("NOO");

            assertThat(talk.client().receive()).isEqualTo("421 A command line took too long.");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.LINE_TIMEOUT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void answersWhatCameBeforeTheClientsFin(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().say("NOOP");
            talk.client().socket.shutdownOutput();

            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().say("200 fine");
            assertThat(talk.client().receive()).isEqualTo("200 fine");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CLIENT_LOST);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void tellsOfAResetAndLeavesTheServer(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().reset();

            SessionClosed closed = network.event(SessionClosed.class);
            assertThat(closed.cause()).isEqualTo(CloseCause.CLIENT_LOST);
            assertThat(talk.server().receive()).isEqualTo(Peer.END);
        }
    }

    @Test
    void endsTheSessionOfADefectAndNoOther() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk broken = network.talk();
                Talk other = network.talk()) {
            network.accepted.get(0).pipeline().fireExceptionCaught(new IllegalStateException("made by a test"));

            assertThat(broken.client().receive()).isEqualTo("421 Internal error in the gateway.");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.INTERNAL_ERROR);
            other.exchange("NOOP", "200 fine");
        }
    }
}
