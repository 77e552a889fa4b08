package io.ftpalg.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionSecured;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.protocol.Side;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on control connections, by real sockets; the test's ends are the JDK's. */
@Timeout(30)
class SessionDriverTlsTest {
    private static final ClientTls WITH_CCC =
            new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, true, false);
    private static final Limits HASTY =
            Limits.builder().tlsHandshakeTimeout(Duration.ofMillis(300)).build();

    // ---- the client's side

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void securesAClientThatAsks(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.secured()) {
            talk.exchange("NOOP", "200 fine");

            SessionSecured secured = network.event(SessionSecured.class);
            assertThat(secured.side()).isEqualTo(Side.CLIENT);
            assertThat(secured.tls().protocol()).isEqualTo(kind.version());
            assertThat(secured.tls().cipher())
                    .isEqualTo(((SSLSocket) talk.client().socket).getSession().getCipherSuite());
            assertThat(secured.tls().resumed()).contains(false);
            assertThat(secured.tls().serverName()).contains(TlsKind.NAME);
            assertThat(secured.tls().peerSubject()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void computesHandshakesOffTheLoop(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.secured()) {
            talk.exchange("NOOP", "200 fine");

            assertThat(network.handshakes.getCompletedTaskCount()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void securesAnImplicitClientBeforeItIsGreeted(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL.implicitly());
                Peer clear = network.client()) {
            clear.socket.setSoTimeout(200);
            assertThatThrownBy(clear::receive).isInstanceOf(SocketTimeoutException.class);

            try (Peer client = TlsKind.client(clear);
                    Peer server = network.server()) {
                server.say("220 ready");
                assertThat(client.receive()).isEqualTo("220 ready");
                new Talk(client, server).exchange("NOOP", "200 fine");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void takesAHandshakeByteByByte(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.authorized();
                Peer client = TlsKind.client(new Peer(new CuttingSocket(talk.client().socket).cut()))) {
            new Talk(client, talk.server()).exchange("NOOP", "200 fine");
            assertThat(network.event(SessionSecured.class).tls().resumed()).contains(false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER root\r\n", "USER ro", "\u0016"})
    void endsTheSessionOfAClientWithBytesBehindAuth(String injected) throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL);
                Peer client = network.client();
                Peer server = network.server()) {
            server.say("220 ready");
            assertThat(client.receive()).isEqualTo("220 ready");

            client.send("AUTH TLS\r\n" + injected);

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_INJECTION);
            assertThat(network.event(Rejected.class).reason()).isEqualTo(Rejected.Reason.TLS_INJECTION);
            assertThat(server.receive()).as("nothing of it").isIn(Peer.END, "QUIT");
            String answer = client.receive();
            assertThat(answer.equals(Peer.END)
                            || answer.startsWith("234 ") && client.receive().equals(Peer.END))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASS secret\r\n",
                "PASS secret",
                "\u0015\u0003\u0003secret",
                "\u0016\u0003\u0003\u0000\u0000secret"
            })
    void endsTheSessionOfAClientThatGoesOnInTheClear(String clear) throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL, HASTY, ServerTls.OFF);
                Talk talk = network.authorized()) {
            talk.client().send(clear);

            SessionClosed closed = network.event(SessionClosed.class);
            assertThat(closed.cause()).isEqualTo(CloseCause.TLS_FAILED);
            assertThat(closed.detail()).doesNotContain("secret").doesNotContain("736563726574");
            assertThat(talk.server().receive()).isIn(Peer.END, "QUIT");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsNotForEverForAHandshake(boolean implicit) throws IOException {
        ClientTls use = implicit ? ClientTls.OPTIONAL.implicitly() : ClientTls.OPTIONAL;
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), use, HASTY, ServerTls.OFF);
                Peer client = implicit ? network.client() : network.authorized().client()) {
            assertThat(client.receive()).isEqualTo(Peer.END);

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void waitsNotForEverForTheRestOfAHandshake(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL, HASTY, ServerTls.OFF);
                Talk talk = network.authorized()) {
            CuttingSocket tap = new CuttingSocket(talk.client().socket);
            tap.hold();
            SSLSocket socket = (SSLSocket)
                    TlsKind.peers(TlsKind.CLIENT).getSocketFactory().createSocket(tap, TlsKind.NAME, 21, true);
            socket.setSoTimeout(100);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            tap.release(new byte[0]);

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @Test
    void endsTheSessionOfAClientWhoseHelloIsTooLong() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL);
                Talk talk = network.authorized()) {
            talk.client().send("\u0016\u0003\u0001\u0000\u0004\u0001\u0000@\u0001");

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @Test
    void saysNothingInTheClearToAClientThatIsAboutToBeginTls() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL);
                Talk talk = network.authorized()) {
            network.sessions.stopNow();

            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.SHUTDOWN);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void refusesAClientThatSpeaksAnotherProtocol(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.authorized()) {
            assertThatThrownBy(() -> TlsKind.client(
                            talk.client(),
                            TlsKind.peers(TlsKind.CLIENT),
                            parameters -> parameters.setApplicationProtocols(new String[] {"http/1.1"})))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @Test
    void takesAClientThatSpeaksFtpToo() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL);
                Talk talk = network.authorized();
                Peer client = TlsKind.client(
                        talk.client(),
                        TlsKind.peers(TlsKind.CLIENT),
                        parameters -> parameters.setApplicationProtocols(new String[] {"http/1.1", "ftp"}))) {
            new Talk(client, talk.server()).exchange("NOOP", "200 fine");
        }
    }

    // ---- ends

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void saysItsLastWordUnderTlsAndThenTheEndOfTls(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.secured()) {
            talk.exchange("NOOP", "200 fine");

            network.sessions.stopNow();

            assertThat(talk.client().receive()).isEqualTo("421 The gateway is shutting down.");
            assertThat(talk.client().receive())
                    .as("close_notify, or this fails")
                    .isEqualTo(Peer.END);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void saysGoodByeUnderTls(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.secured()) {
            talk.client().say("QUIT");
            assertThat(talk.server().receive()).isEqualTo("QUIT");
            String text = "x".repeat(1_000);
            StringBuilder long221 = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                long221.append("221-").append(text).append("\r\n");
            }
            talk.server().send(long221 + "221 bye\r\n");

            for (int i = 0; i < 200; i++) {
                assertThat(talk.client().receive()).isEqualTo("221-" + text);
            }
            assertThat(talk.client().receive()).isEqualTo("221 bye");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.QUIT);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void answersWhatCameBeforeTheEndOfTheClientsTls(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL);
                Talk talk = network.secured()) {
            talk.client().say("NOOP");
            ((SSLSocket) talk.client().socket).shutdownOutput();

            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().say("200 fine");
            if (kind.equals(TlsKind.jdk())) {
                // Only TLS 1.3 lets the other end go on (RFC 8446 section 6.1), and OpenSSL's engine does not.
                assertThat(talk.client().receive()).isEqualTo("200 fine");
                assertThat(talk.client().receive()).isEqualTo(Peer.END);
            }
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CLIENT_LOST);
        }
    }

    // ---- CCC

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void leavesTlsWithTheClient(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, WITH_CCC);
                Talk talk = network.authorized()) {
            SSLSocket tls = leave(talk.client().socket, talk.server());
            assertThat(tls.getInputStream().read()).as("its close_notify").isEqualTo(-1);
            tls.shutdownOutput();

            talk.exchange("NOOP", "200 in the clear");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void takesACommandInTheSegmentThatEndsTls(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, WITH_CCC);
                Talk talk = network.authorized()) {
            CuttingSocket tap = new CuttingSocket(talk.client().socket);
            SSLSocket tls = leave(tap, talk.server());
            tap.hold();
            assertThat(tls.getInputStream().read()).as("its close_notify").isEqualTo(-1);
            tls.shutdownOutput();
            tap.release("NOOP\r\n".getBytes(ISO_8859_1));

            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().say("200 in the clear");
            assertThat(talk.client().receive()).isEqualTo("200 in the clear");
            talk.exchange("PWD", "257 \"/\"");
        }
    }

    /** What a client sends under TLS once the gateway has ended its own direction is no end of the client's. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void takesACommandUnderTlsBeforeTheClientEndsIt(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, WITH_CCC);
                Talk talk = network.authorized()) {
            SSLSocket tls = leave(talk.client().socket, talk.server());
            tls.getOutputStream().write("NOOP\r\n".getBytes(ISO_8859_1));
            tls.getOutputStream().write("PWD\r\n".getBytes(ISO_8859_1));
            tls.shutdownOutput();

            assertThat(talk.server().receive()).isEqualTo("NOOP");
            talk.server().say("200 fine");
            assertThat(tls.getInputStream().read()).as("its close_notify").isEqualTo(-1);
            assertThat(talk.client().receive()).isEqualTo("200 fine");
            assertThat(talk.server().receive()).isEqualTo("PWD");
            talk.server().say("257 \"/\"");
            assertThat(talk.client().receive()).isEqualTo("257 \"/\"");
        }
    }

    /** Logs in under TLS and asks for its end; the gateway has ended it when this returns. */
    private static SSLSocket leave(Socket below, Peer server) throws IOException {
        SSLSocket socket = (SSLSocket)
                TlsKind.peers(TlsKind.CLIENT).getSocketFactory().createSocket(below, TlsKind.NAME, 21, false);
        Peer client = new Peer(socket);
        client.say("USER u");
        assertThat(server.receive()).isEqualTo("USER u");
        server.say("230 in");
        assertThat(client.receive()).isEqualTo("230 in");
        client.say("CCC");
        assertThat(client.receive()).startsWith("200 ");
        return socket;
    }

    @Test
    void waitsNotForEverForTheEndOfTheClientsTls() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), WITH_CCC, HASTY, ServerTls.OFF);
                Talk talk = network.authorized()) {
            leave(talk.client().socket, talk.server());

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    // ---- the server's side

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void securesTheServerBeforeTheClientHearsOfIt(TlsKind kind) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL, Limits.defaults(), required());
                Peer client = network.client();
                Peer clear = network.server()) {
            clear.say("220 ready");
            assertThat(clear.receive()).isEqualTo("AUTH TLS");
            clear.say("234 go");
            try (Peer server = TlsKind.server(clear, TlsKind.peers(TlsKind.LEAF))) {
                agreeOnData(server);
                assertThat(client.receive()).isEqualTo("220 ready");
                new Talk(client, server).exchange("NOOP", "200 fine");
            }

            SessionSecured secured = network.event(SessionSecured.class);
            assertThat(secured.side()).isEqualTo(Side.SERVER);
            assertThat(secured.tls().protocol()).isEqualTo(kind.version());
            assertThat(secured.tls().resumed()).contains(false);
            assertThat(secured.tls().peerSubject()).contains("CN=leaf");
            assertThat(network.handshakes.getCompletedTaskCount()).isPositive();
        }
    }

    /** D21: a Telnet Synch has no place between TLS records (RFC 4217 section 14). */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void sendsAborInBandToAServerUnderTls(TlsKind kind) throws IOException {
        try (TestNetwork network =
                        new TestNetwork(kind, ClientTls.OPTIONAL, Limits.defaults(), ServerTls.implicitly());
                Peer client = network.client();
                Peer server = TlsKind.server(network.server(), TlsKind.peers(TlsKind.LEAF));
                ServerSocket files = DataLegsTest.files()) {
            server.say("220 ready");
            agreeOnData(server);
            assertThat(client.receive()).isEqualTo("220 ready");
            Talk talk = new Talk(client, server);
            DataLegsTest.passive(talk, files);
            client.say("RETR f");
            assertThat(server.receive()).isEqualTo("RETR f");

            client.say("ABOR");

            assertThat(server.receive()).isEqualTo("ABOR");
        }
    }

    private static ServerTls required() {
        return ServerTls.explicit(ServerTls.Mode.REQUIRED);
    }

    private static void agreeOnData(Peer server) throws IOException {
        assertThat(server.receive()).isEqualTo("PBSZ 0");
        server.say("200 PBSZ=0");
        assertThat(server.receive()).isEqualTo("PROT P");
        server.say("200 ok");
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void securesAnImplicitServer(TlsKind kind) throws IOException {
        try (TestNetwork network =
                        new TestNetwork(kind, ClientTls.OPTIONAL, Limits.defaults(), ServerTls.implicitly());
                Peer client = network.client();
                Peer server = TlsKind.server(network.server(), TlsKind.peers(TlsKind.LEAF))) {
            server.say("220 ready");
            agreeOnData(server);

            assertThat(client.receive()).isEqualTo("220 ready");
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void leavesAServerThatIsNotTrusted(TlsKind kind) throws IOException {
        assertServerFails(kind, TlsKind.peers(TlsKind.STRANGER), required());
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void leavesAServerWithAnotherName(TlsKind kind) throws IOException {
        ServerTls named = new ServerTls(
                ServerTls.Mode.REQUIRED, false, ServerTls.Data.PRIVATE, true, Optional.of("elsewhere.example.org"), "");
        assertServerFails(kind, TlsKind.peers(TlsKind.LEAF), named);
    }

    private static void assertServerFails(TlsKind kind, SSLContext context, ServerTls use) throws IOException {
        try (TestNetwork network = new TestNetwork(kind, ClientTls.OPTIONAL, Limits.defaults(), use);
                Peer client = network.client();
                Peer clear = network.server()) {
            clear.say("220 ready");
            assertThat(clear.receive()).isEqualTo("AUTH TLS");
            clear.say("234 go");
            try (Peer server = TlsKind.server(clear, context)) {
                assertThatThrownBy(server::receive).isInstanceOf(IOException.class);
            }

            assertThat(client.receive()).startsWith("421 ");
            assertThat(client.receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @Test
    void endsTheSessionOfAServerWithBytesBehindItsAnswerToAuth() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL, Limits.defaults(), required());
                Peer client = network.client();
                Peer server = network.server()) {
            server.say("220 ready");
            assertThat(server.receive()).isEqualTo("AUTH TLS");

            server.send("234 go\r\n200 PBSZ=0\r\n");

            assertThat(client.receive()).startsWith("421 ");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_INJECTION);
            assertThat(network.event(Rejected.class).peer()).isEqualTo(server.socket.getLocalSocketAddress());
        }
    }

    @Test
    void leavesAServerThatGoesOnInTheClear() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL, Limits.defaults(), required());
                Peer client = network.client();
                Peer server = network.server()) {
            server.say("220 ready");
            assertThat(server.receive()).isEqualTo("AUTH TLS");
            server.say("234 go");
            server.socket.getInputStream().read();

            server.say("200 PBSZ=0");

            assertThat(client.receive()).startsWith("421 ");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @Test
    void leavesAServerThatDoesNotShakeHands() throws IOException {
        try (TestNetwork network = new TestNetwork(TlsKind.jdk(), ClientTls.OPTIONAL, HASTY, required());
                Peer client = network.client();
                Peer server = network.server()) {
            server.say("220 ready");
            assertThat(server.receive()).isEqualTo("AUTH TLS");
            server.say("234 go");

            assertThat(client.receive()).startsWith("421 ");
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.TLS_FAILED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.TlsKind#all")
    void endsTlsWithTheServerBeforeItLeaves(TlsKind kind) throws IOException {
        try (TestNetwork network =
                        new TestNetwork(kind, ClientTls.OPTIONAL, Limits.defaults(), ServerTls.implicitly());
                Peer client = network.client();
                Peer server = TlsKind.server(network.server(), TlsKind.peers(TlsKind.LEAF))) {
            server.say("220 ready");
            agreeOnData(server);
            assertThat(client.receive()).isEqualTo("220 ready");

            client.reset();

            assertThat(server.receive()).as("close_notify, or this fails").isEqualTo(Peer.END);
        }
    }
}
