package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.live.GatewayUsage;
import io.ftpalg.live.OperatorGate;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionSnapshot.Phase;
import io.ftpalg.live.SessionTracer;
import io.ftpalg.live.TraceLine;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.protocol.Replies;
import io.ftpalg.routing.Routers;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators see and do, at a gateway between a real client and a real server. */
@Timeout(60)
class LiveSessionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** More than fits into all the buffers on the way. */
    private static final int LARGE = 64 << 20;

    @TempDir
    Path folder;

    private final OperatorGate gate = new OperatorGate();
    private final List<AlgListener.SessionClosed> closed = new CopyOnWriteArrayList<>();
    private final List<AlgListener.TransferFinished> finished = new CopyOnWriteArrayList<>();
    private EmbeddedServer server;
    private FtpAlg gateway;

    @BeforeEach
    void start() throws Exception {
        Files.write(folder.resolve("large"), new byte[LARGE]);
        server = EmbeddedServer.start(folder);
        gateway = FtpAlg.builder()
                .listen(new InetSocketAddress("127.0.0.3", 0))
                .router(Routers.fixed(
                        new HostPort("127.0.0.1", server.port()), ServerDataMode.CLIENT, Optional.empty()))
                .gate(gate)
                .passivePorts(new PortRange(20_000, 29_999))
                .listener(new AlgListener() {
                    @Override
                    public void sessionClosed(SessionClosed event) {
                        closed.add(event);
                    }

                    @Override
                    public void transferFinished(TransferFinished event) {
                        finished.add(event);
                    }
                })
                .build();
        assertThat(gateway.usage()).isEqualTo(new GatewayUsage(0, 20_000, 0, 10_000));
        assertThat(get(gateway.live().snapshots())).isEmpty();
        get(gateway.start());
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void showsSessionsAndTheBytesOfARunningTransfer() throws Exception {
        FTPClient idle = login();
        FTPClient busy = login();
        busy.enterLocalPassiveMode();
        try (InputStream download = busy.retrieveFileStream("large")) {
            assertThat(download.readNBytes(1 << 20)).hasSize(1 << 20);

            List<SessionSnapshot> sessions = get(gateway.live().snapshots());

            assertThat(sessions).extracting(SessionSnapshot::user).containsOnly(Optional.of("tester"));
            assertThat(sessions)
                    .extracting(SessionSnapshot::phase)
                    .containsExactlyInAnyOrder(Phase.READY, Phase.TRANSFER);
            assertThat(sessions)
                    .filteredOn(one -> one.phase() == Phase.TRANSFER)
                    .allSatisfy(one -> {
                        assertThat(one.bytesToClient()).isBetween(1L << 20, (long) LARGE);
                        assertThat(one.transfer().orElseThrow().path()).isEqualTo("large");
                        assertThat(one.server()).contains(new InetSocketAddress("127.0.0.1", server.port()));
                    });
            assertThat(gateway.usage()).isEqualTo(new GatewayUsage(2, 20_000, 0, 10_000));
        }
        idle.disconnect();
        busy.disconnect();
    }

    @Test
    void endsASessionAndCutsItsTransfer() throws Exception {
        FTPClient client = login();
        client.enterLocalPassiveMode();
        InputStream download = client.retrieveFileStream("large");
        assertThat(download.read()).isZero();
        long id = get(gateway.live().snapshots()).get(0).id();

        assertThat(gateway.live().end(id, "the test")).isTrue();

        assertThat(client.getReply()).isEqualTo(426);
        assertThatThrownBy(client::getReply)
                .isInstanceOf(FTPConnectionClosedException.class)
                .hasMessageContaining("421");
        await().atMost(PATIENCE).until(() -> !closed.isEmpty());
        assertThat(closed.get(0).cause()).isEqualTo(CloseCause.ENDED_BY_OPERATOR);
        assertThat(closed.get(0).detail()).isEqualTo("the test");
        assertThat(finished).hasSize(1);
        assertThat(gateway.live().end(id + 1, "the test")).isFalse();
        assertThat(get(gateway.live().snapshot(id + 1))).isEmpty();
        client.disconnect();
    }

    @Test
    void tracesBothSidesWithoutThePassword() throws Exception {
        FTPClient before = login();
        Recorder recorder = new Recorder();
        get(gateway.live().trace(recorder));
        FTPClient client = login();

        before.noop();
        client.enterLocalPassiveMode();
        client.listNames();
        client.quit();

        await().atMost(PATIENCE).until(() -> recorder.texts().stream().anyMatch(line -> line.contains("221")));
        assertThat(recorder.texts())
                .contains(
                        "FROM_CLIENT USER tester",
                        "TO_SERVER USER tester",
                        "FROM_CLIENT PASS ****",
                        "TO_SERVER PASS ****",
                        "FROM_CLIENT NOOP",
                        "FROM_CLIENT PASV",
                        "TO_SERVER PASV",
                        "FROM_CLIENT NLST")
                .anyMatch(line -> line.startsWith("FROM_SERVER 220"))
                .anyMatch(line -> line.startsWith("TO_CLIENT 227"))
                .noneMatch(line -> line.contains("secret"));
        get(gateway.live().endTrace(recorder));
        int lines = recorder.lines.size();
        before.noop();
        before.disconnect();
        assertThat(recorder.lines).hasSize(lines);
    }

    @Test
    void endsTheTraceOfATracerThatWantsNoMoreOrFails() throws Exception {
        Recorder once = new Recorder() {
            @Override
            public boolean line(TraceLine line) {
                super.line(line);
                return false;
            }
        };
        Recorder failing = new Recorder() {
            @Override
            public boolean line(TraceLine line) {
                super.line(line);
                throw new IllegalStateException("made by the test");
            }
        };
        Recorder unwilling = new Recorder() {
            @Override
            public boolean wants(SessionSnapshot session) {
                throw new IllegalStateException("made by the test");
            }
        };
        FTPClient client = login();
        get(gateway.live().trace(once));
        get(gateway.live().trace(failing));
        get(gateway.live().trace(unwilling));

        client.noop();
        client.noop();

        assertThat(once.lines).hasSize(1);
        assertThat(failing.lines).hasSize(1);
        assertThat(unwilling.lines).isEmpty();
        client.disconnect();
    }

    @Test
    void refusesNewClientsInMaintenanceAndThoseThatAreBlocked() throws Exception {
        FTPClient there = login();
        gate.close(Replies.MAINTENANCE);

        assertThat(greeting()).isEqualTo("421 The gateway is closed for maintenance, try again later.");
        assertThat(there.noop()).isEqualTo(200);
        gate.open();
        gate.block(Cidr.parse("127.0.0.0/8").orElseThrow(), Duration.ofMinutes(1));
        assertThat(greeting()).isEqualTo("421 Service not available.");
        assertThat(gate.unblock(Cidr.parse("127.0.0.0/8").orElseThrow())).isTrue();
        login().disconnect();
        there.disconnect();
    }

    private String greeting() throws Exception {
        FTPClient client = new FTPClient();
        client.setDefaultTimeout(20_000);
        try {
            connect(client);
        } catch (FTPConnectionClosedException e) {
            // It throws at a 421, after it has kept it.
        }
        String reply = client.getReplyString().strip();
        client.disconnect();
        return reply;
    }

    private FTPClient login() throws Exception {
        FTPClient client = new FTPClient();
        client.setDefaultTimeout(20_000);
        connect(client);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        return client;
    }

    private void connect(FTPClient client) throws Exception {
        InetSocketAddress address = gateway.boundAddresses().get(0);
        client.connect(address.getAddress(), address.getPort());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Wants all, and keeps it. */
    private static class Recorder implements SessionTracer {
        final List<TraceLine> lines = new CopyOnWriteArrayList<>();

        @Override
        public boolean wants(SessionSnapshot session) {
            return true;
        }

        @Override
        public boolean line(TraceLine line) {
            lines.add(line);
            return true;
        }

        List<String> texts() {
            return lines.stream()
                    .map(line -> line.direction() + " " + line.text())
                    .toList();
        }
    }
}
