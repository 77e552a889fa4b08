package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.House.Talk;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ServerHandlerTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void handsLinesToTheSession(Transport transport) throws IOException {
        try (House house = new House(transport); Talk talk = house.talk()) {
            talk.client().say("HELP");
            assertThat(talk.server().hear()).isEqualTo("HELP");

            talk.server().say("214-first", " second", "214 last");

            assertThat(talk.client().hear()).isEqualTo("214-first");
            assertThat(talk.client().hear()).isEqualTo(" second");
            assertThat(talk.client().hear()).isEqualTo("214 last");
        }
    }

    @Test
    void givesUpAServerThatDoesNotSpeakFtp() throws IOException {
        try (House house = new House(Transport.NIO); Talk talk = house.talk()) {
            talk.client().say("NOOP");
            assertThat(talk.server().hear()).isEqualTo("NOOP");

            for (int i = 0; i < 2_000; i++) {
                talk.server().send("HTTP/1.1 has no such reply\r\n");
            }

            assertThat(talk.client().hear()).isEqualTo("421 The server does not speak FTP.");
            assertThat(talk.client().hear()).isEqualTo(Peer.END);
            assertThat(house.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SERVER_NOT_FTP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheClientThatTheServerIsGone(boolean reset) throws IOException {
        try (House house = new House(Transport.NIO); Talk talk = house.talk()) {
            talk.client().say("NOOP");
            assertThat(talk.server().hear()).isEqualTo("NOOP");
            if (reset) {
                talk.server().reset();
            } else {
                talk.server().close();
            }

            assertThat(talk.client().hear()).isEqualTo("421 The server closed the control connection.");
            assertThat(house.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SERVER_LOST);
        }
    }

    /** The reset is told by an exception and by the end of the channel; the session must hear of one server lost. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TransportTest#available")
    void tellsAResetOfTheServerOnce(Transport transport) throws IOException {
        try (House house = new House(transport); Talk talk = house.talk()) {
            talk.server().reset();

            assertThat(talk.client().hear()).startsWith("421 ");
            assertThat(talk.client().hear()).isEqualTo(Peer.END);
            talk.client().close();
            assertThat(house.heard.stream().filter(SessionClosed.class::isInstance)).hasSize(1);
        }
    }
}
