package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.TestNetwork.Talk;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.net.TransportTest;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One percent of the heap for all, and clients that want more of it. */
@Timeout(120)
class SessionMemoryTest {
    private static final long LIMIT = Runtime.getRuntime().maxMemory() / 100;
    private static final Limits LIMITS = Limits.builder()
            .controlMemory(1)
            .sessionsPerAddress(100_000)
            .newSessionsPerSecond(100_000)
            .build();

    private static final Transport TRANSPORT =
            TransportTest.available().contains(Transport.EPOLL) ? Transport.EPOLL : Transport.NIO;
    private static final int LINE = 8000;
    private static final int RECORD = 16_000;
    private static final int PIPELINED = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Peer> clients = new ArrayList<>();
    /** Kept, or the garbage collector would close their servers. */
    private final List<Talk> talks = new ArrayList<>();

    /** NIO does not see the reset of a client that it does not read. */
    private void awaitNothingHeld(TestNetwork network) throws IOException {
        for (Peer client : clients) {
            client.reset();
        }
        assumeThat(TRANSPORT).isNotEqualTo(Transport.NIO);
        await().atMost(PATIENCE).until(() -> network.sessions.memory().held() == 0);
    }

    @Test
    void closesTheLargestOfThoseThatEndNoLine() throws IOException {
        int count = (int) (LIMIT / LINE) + 50;
        try (TestNetwork network = new TestNetwork(
                        TRANSPORT,
                        LIMITS,
                        PassivePorts.ephemeral(),
                        server -> Routers.forward(TargetRules.of(List.of()), ServerDataMode.CLIENT, Optional.empty()));
                Peer good = network.client()) {
            assertThat(good.receive()).startsWith("220 ");
            for (int i = 0; i < count; i++) {
                Peer client = network.client();
                clients.add(client);
                assertThat(client.receive()).startsWith("220 ");
                client.send("STOR " + "x".repeat(LINE - 5));
            }

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CONTROL_MEMORY);
            await().atMost(PATIENCE).until(() -> network.sessions.memory().held() <= LIMIT);
            good.say("NOOP");
            assertThat(good.receive()).startsWith("200 ");
            awaitNothingHeld(network);
        }
    }

    /** Reading them more slowly is enough for a while: each holds less then. */
    @Test
    void tellsTheClientsThatHoldTheMost() throws IOException {
        int count = 4 * (int) (LIMIT / PIPELINED);
        try (TestNetwork network = new TestNetwork(TRANSPORT, LIMITS);
                Talk good = network.talk()) {
            for (int i = 0; i < count; i++) {
                Talk talk = network.talk();
                talks.add(talk);
                clients.add(talk.client());
                talk.client().send("PWD\r\n" + ("CWD " + "y".repeat(994) + "\r\n").repeat(PIPELINED / 1000));
            }

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CONTROL_MEMORY);
            await().atMost(PATIENCE).until(() -> clients.stream().anyMatch(SessionMemoryTest::hasReply));
            for (Peer client : clients) {
                if (hasReply(client)) {
                    assertThat(client.receive()).isEqualTo("421 Too much is waiting, try again later.");
                }
            }
            await().atMost(PATIENCE).until(() -> network.sessions.memory().held() <= LIMIT);
            good.exchange("NOOP", "200 still here");
            awaitNothingHeld(network);
        }
    }

    /** What a TLS handler keeps until the record is whole is held as well. */
    @Test
    void closesTheLargestOfThoseThatEndNoTlsRecord() throws IOException {
        int count = (int) (LIMIT / RECORD) + 20;
        byte[] half = new byte[RECORD];
        System.arraycopy(new byte[] {23, 3, 3, 0x41, 0}, 0, half, 0, 5);
        try (TestNetwork network = new TestNetwork(TlsKind.all().get(0), ClientTls.OPTIONAL, LIMITS, ServerTls.OFF)) {
            for (int i = 0; i < count; i++) {
                Talk talk = network.authorized();
                talks.add(talk);
                Peer underTls = TlsKind.client(talk.client());
                clients.add(underTls);
                underTls.say("NOOP");
                assertThat(talk.server().receive()).isEqualTo("NOOP");
                talk.client().socket.getOutputStream().write(half);
            }

            assertThat(network.event(SessionClosed.class).cause()).isEqualTo(CloseCause.CONTROL_MEMORY);
            await().atMost(PATIENCE).until(() -> network.sessions.memory().held() <= LIMIT);
        }
    }

    private static boolean hasReply(Peer client) {
        try {
            return client.socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
