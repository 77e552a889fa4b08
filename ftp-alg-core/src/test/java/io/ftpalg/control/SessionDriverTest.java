package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.NameResolver;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.Router;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SessionDriverTest {

    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void letsTheClientReadItsLastReplyThoughItsCommandsAreUnread(Transport transport) throws IOException {
        Limits limits = Limits.builder()
                .pipelinedCommands(2)
                .closeGrace(Duration.ofHours(1))
                .build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            for (int i = 0; i < 100; i++) {
                talk.client().say("NOOP");
            }
            assertThat(talk.server().receive()).isEqualTo("NOOP");

            talk.server().close();

            assertThat(talk.client().receive()).isEqualTo("421 The server closed the control connection.");
            assertThat(talk.client().receive()).isEqualTo(Peer.END);
            talk.client().close();
        }
    }

    /** The client's commands wait in its socket, not in the gateway's memory. */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    void readsNoMoreFromAClientThatIsFarAhead(Transport transport) throws IOException {
        Limits limits = Limits.builder().pipelinedCommands(2).build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            String commands = "NOOP\r\n".repeat(2_000);
            talk.client().send(commands);
            assertThat(talk.server().receive()).isEqualTo("NOOP");
            await().atMost(TestNetwork.PATIENCE)
                    .until(() -> !network.accepted.get(0).config().isAutoRead());

            talk.server().say("200 1");
            for (int i = 2; i <= 2_000; i++) {
                assertThat(talk.server().receive()).isEqualTo("NOOP");
                talk.server().say("200 " + i);
            }

            for (int i = 1; i <= 2_000; i++) {
                assertThat(talk.client().receive()).isEqualTo("200 " + i);
            }
        }
    }

    /**
     * A client that does not read its replies keeps the server from sending more. The 40 MB are more than all socket buffers on
     * the way hold; beside another fork they take their time.
     */
    @ParameterizedTest
    @MethodSource("io.ftpalg.control.net.TransportTest#available")
    @Timeout(120)
    void holdsTheServerBackWhileTheClientDoesNotRead(Transport transport) throws IOException {
        int lines = 400_000;
        Limits limits =
                Limits.builder().replyLines(lines + 2).replyBytes(100 << 20).build();
        try (TestNetwork network = new TestNetwork(transport, limits);
                Talk talk = network.talk()) {
            String line = " " + "x".repeat(98) + "\r\n";
            talk.client().say("HELP");
            assertThat(talk.server().receive()).isEqualTo("HELP");
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    talk.server().send("214-help\r\n");
                    String piece = line.repeat(100);
                    for (int i = 0; i < lines; i += 100) {
                        talk.server().send(piece);
                        sent.addAndGet(100);
                    }
                    talk.server().send("214 end\r\n");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            await().atMost(TestNetwork.PATIENCE.multipliedBy(4))
                    .until(() -> !network.accepted.get(0).isWritable());

            long waiting = network.call(
                    () -> network.accepted.get(0).unsafe().outboundBuffer().totalPendingWriteBytes());

            assertThat(waiting).isLessThan(4 << 20);
            assertThat(sent.get()).isLessThan(lines);
            Socket client = talk.client().socket;
            assertThat(talk.client().receive()).isEqualTo("214-help");
            assertThat(client.getInputStream().readNBytes(lines * line.length()).length)
                    .isEqualTo(lines * line.length());
            assertThat(talk.client().receive()).isEqualTo("214 end");
            TestNetwork.soon(sending);
        }
    }

    /** Nothing else would end the session: its greeting would be waited for in vain. */
    @Test
    void endsTheSessionWhateverItsTaskThrows() throws IOException {
        Exception unprintable = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError("test");
            }
        };
        try (TestNetwork network = new TestNetwork(
                        Transport.NIO, Limits.defaults(), PassivePorts.ephemeral(), server -> new Router() {
                            @Override
                            public boolean needsLogin() {
                                return false;
                            }

                            @Override
                            public CompletionStage<Route> route(RouteRequest request, NameResolver resolver) {
                                return CompletableFuture.failedFuture(unprintable);
                            }
                        });
                Peer client = network.client()) {
            assertThat(client.receive()).startsWith("421 ");
            assertThat(client.receive()).isEqualTo(Peer.END);
            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.INTERNAL_ERROR);
            assertThat(TestNetwork.soon(network.sessions.failed()).what())
                    .isEqualTo("the JVM failed: java.lang.OutOfMemoryError: test");
        }
    }
}
