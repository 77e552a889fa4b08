package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ServerHandlerTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void handsLinesToTheSession(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.client().say("HELP");
            assertThat(talk.server().receive()).isEqualTo("HELP");

            talk.server().say("214-first", " second", "214 last");

            assertThat(talk.client().receive()).isEqualTo("214-first");
            assertThat(talk.client().receive()).isEqualTo(" second");
            assertThat(talk.client().receive()).isEqualTo("214 last");
        }
    }

    @Test
    void givesUpAServerThatDoesNotSpeakFtp() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            talk.client().say("NOOP");
            assertThat(talk.server().receive()).isEqualTo("NOOP");

            for (int i = 0; i < 2_000; i++) {
                talk.server().send("HTTP/1.1 has no such reply\r\n");
            }

            assertThat(talk.client().receive()).isEqualTo("421 The server does not use FTP.");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SERVER_NOT_FTP);
        }
    }

    /** The answer to CWD carries a name with a line end in it, however long: nobody asked for what stands behind. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void dialsNobodyForAReplyThatCameBeforePasvWasSent(Transport transport) throws IOException {
        for (int length : transport.readsWhatIsThere() ? new int[] {10, 4_085, 20_000} : new int[] {10}) {
            try (TestNetwork network = new TestNetwork(transport);
                    Talk talk = network.talk();
                    ServerSocket trap = new ServerSocket(0, 1, TestNetwork.LOCALHOST);
                    ServerSocket data = new ServerSocket(0, 1, TestNetwork.LOCALHOST)) {
                talk.client().say("CWD x", "PASV");
                assertThat(talk.server().receive()).isEqualTo("CWD x");

                talk.server().send("550 " + "x".repeat(length) + "\n227 " + tuple(trap) + "\r\n");

                assertThat(talk.client().receive()).startsWith("550 xxx");
                assertThat(talk.server().receive()).isEqualTo("PASV");
                assertThat(network.event(Rejected.class).reason()).isEqualTo(Rejected.Reason.UNSOLICITED_REPLY);
                talk.server().say("227 " + tuple(data));
                assertThat(talk.client().receive()).startsWith("227 ");
                data.accept().close();
                trap.setSoTimeout(1);
                assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    private static String tuple(ServerSocket listener) {
        return "(127,0,0,1," + listener.getLocalPort() / 256 + ',' + listener.getLocalPort() % 256 + ')';
    }

    /** The line began before PASV was sent, and ends after. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void dialsNobodyForALineThatBeganBeforePasvWasSent(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk();
                ServerSocket data = new ServerSocket(0, 1, TestNetwork.LOCALHOST)) {
            talk.client().say("CWD x", "PASV");
            assertThat(talk.server().receive()).isEqualTo("CWD x");

            talk.server().send("550 x\n227 (127,0,0,1,");
            assertThat(talk.server().receive()).isEqualTo("PASV");
            talk.server().send("200,200)\r\n");
            talk.server().say("227 " + tuple(data));

            assertThat(talk.client().receive()).isEqualTo("550 x");
            assertThat(talk.client().receive()).startsWith("227 ");
            data.accept().close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsTheClientThatTheServerIsGone(boolean reset) throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Talk talk = network.talk()) {
            talk.client().say("NOOP");
            assertThat(talk.server().receive()).isEqualTo("NOOP");
            if (reset) {
                talk.server().reset();
            } else {
                talk.server().close();
            }

            assertThat(talk.client().receive()).isEqualTo("421 The server closed the control connection.");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SERVER_LOST);
        }
    }

    /** The reset is told by an exception and by the end of the channel; the session must hear of one server lost. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void tellsAResetOfTheServerOnce(Transport transport) throws IOException {
        try (TestNetwork network = new TestNetwork(transport);
                Talk talk = network.talk()) {
            talk.server().reset();

            assertThat(talk.client().receive()).startsWith("421 ");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            talk.client().close();
            assertThat(network.heard.stream().filter(SessionClosed.class::isInstance))
                    .hasSize(1);
        }
    }
}
