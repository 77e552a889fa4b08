package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new process of the jar takes the place of the running one: no client is refused, no transfer is lost. */
@Timeout(180)
class HandoverIT {
    /** More than the kernel takes of a transfer whose client does not read. */
    private static final int SIZE = 8 << 20;

    private static final int NEWCOMERS = 3;
    private static final String MANY = "{sessions-per-address: 1000, new-sessions-per-second: 100000}";
    private static final TestServer SERVER = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    private int port;
    private int adminPort;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final Collection<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> newcomers = new ArrayList<>();

    @BeforeAll
    static void fill() {
        Payload.file(SERVER.files().resolve("large"), SIZE);
        Payload.file(SERVER.files().resolve("small"), 1000);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void choosePorts() throws IOException {
        port = free();
        adminPort = free();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String config(String more) {
        return """
                listeners:
                  - {bind: '127.0.0.1:%d', upstream: '%s', limits: %s}
                %shandover: {socket: '%s'}
                admin: {bind: '127.0.0.1:%d', socket: '%s'}
                """.formatted(
                        port,
                        Target.of(SERVER).authority(),
                        MANY,
                        more,
                        temp.resolve("h.sock"),
                        adminPort,
                        temp.resolve("a.sock"));
    }

    private ConfiguredJar start(String name) throws IOException {
        return ConfiguredJar.start(Files.createDirectory(temp.resolve(name)), config(""));
    }

    private Target target() {
        return new Target(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SERVER.user(), SERVER.password());
    }

    private void startNewcomers() {
        for (int i = 0; i < NEWCOMERS; i++) {
            Thread newcomer = new Thread(() -> {
                try {
                    while (!ending.get()) {
                        try (RawFtp client = RawFtp.login(target())) {
                            assertThat(client.download(DataSyntax.PASV, "RETR small"))
                                    .hasSize(1000);
                            assertThat(client.ask("QUIT").code()).isEqualTo(221);
                        }
                        served.incrementAndGet();
                    }
                } catch (IOException | RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            });
            newcomers.add(newcomer);
            newcomer.start();
        }
    }

    private void awaitMoreSessions() {
        int before = served.get();
        await().atMost(ConfiguredJar.PATIENCE).until(() -> served.get() > before + 20 || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    private int health() throws IOException {
        HttpURLConnection asked = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + adminPort + "/ready").toURL().openConnection();
        return asked.getResponseCode();
    }

    @Test
    void losesNothingWhereProcessesReplaceEachOther() throws Exception {
        byte[] content = Payload.bytes(SIZE);
        try (ConfiguredJar first = start("first")) {
            startNewcomers();
            awaitMoreSessions();
            try (RawFtp idle = RawFtp.login(target());
                    RawFtp reader = RawFtp.login(target());
                    Socket download = reader.open(DataSyntax.PASV, "RETR large");
                    RawFtp writer = RawFtp.login(target());
                    Socket upload = writer.open(DataSyntax.PASV, "STOR up")) {
                assertThat(download.getInputStream().readNBytes(1)).containsExactly(content[0]);
                upload.getOutputStream().write(content, 0, SIZE / 2);

                try (ConfiguredJar second = start("second")) {
                    second.awaitLog("takeover finished", 1);
                    first.awaitLog("replaced by another process", 1);
                    awaitMoreSessions();
                    assertThat(health()).isEqualTo(200);
                    assertThat(idle.ask("NOOP").code()).isEqualTo(200);
                    assertThat(download.getInputStream().readAllBytes()).hasSize(SIZE - 1);
                    assertThat(reader.read().code()).isEqualTo(226);
                    upload.getOutputStream().write(content, SIZE / 2, SIZE - SIZE / 2);
                    upload.shutdownOutput();
                    assertThat(writer.read().code()).isEqualTo(226);
                    assertThat(Files.readAllBytes(SERVER.files().resolve("up"))).isEqualTo(content);
                    for (RawFtp client : List.of(idle, reader, writer)) {
                        assertThat(client.ask("QUIT").code()).isEqualTo(221);
                    }
                    assertThat(first.awaitEnd()).isZero();

                    try (ConfiguredJar third = start("third")) {
                        assertThat(second.awaitEnd()).isZero();
                        awaitMoreSessions();
                        ending.set(true);
                        for (Thread newcomer : newcomers) {
                            newcomer.join();
                        }
                        assertThat(failures).isEmpty();
                        assertThat(third.terminate()).isZero();
                        assertThat(third.log(" ERROR ")).isEmpty();
                    }
                }
            }
            assertThat(first.log(" ERROR ")).isEmpty();
        }
        assertThat(temp.resolve("h.sock")).doesNotExist();
        assertThat(temp.resolve("a.sock")).doesNotExist();
    }

    /** As an upgrade of a package does: the running process starts the next one, whose log is its own. */
    @Test
    void upgradesByACommandOfTheRunningProcess() throws Exception {
        byte[] content = Payload.bytes(SIZE);
        try (ConfiguredJar first = start("first")) {
            startNewcomers();
            awaitMoreSessions();
            try (RawFtp reader = RawFtp.login(target());
                    Socket download = reader.open(DataSyntax.PASV, "RETR large")) {
                assertThat(download.getInputStream().readNBytes(1)).containsExactly(content[0]);

                String done = ctl("upgrade");

                Matcher taken = Pattern.compile("upgrade: process (\\d+) has taken over")
                        .matcher(done);
                assertThat(taken.find()).as(done).isTrue();
                ProcessHandle next =
                        ProcessHandle.of(Long.parseLong(taken.group(1))).orElseThrow();
                awaitMoreSessions();
                assertThat(download.getInputStream().readAllBytes()).hasSize(SIZE - 1);
                assertThat(reader.read().code()).isEqualTo(226);
                assertThat(reader.ask("QUIT").code()).isEqualTo(221);
                assertThat(first.awaitEnd()).isZero();
                awaitMoreSessions();
                ending.set(true);
                for (Thread newcomer : newcomers) {
                    newcomer.join();
                }
                assertThat(failures).isEmpty();
                assertThat(next.destroy()).isTrue();
                await().atMost(ConfiguredJar.PATIENCE).until(() -> !next.isAlive());
                assertThat(first.log("shutdown finished")).isNotEmpty();
                assertThat(first.log(" ERROR ")).isEmpty();
            }
        }
    }

    @Test
    void continuesWhereTheProcessOfAnUpgradeCannotStart() throws Exception {
        try (ConfiguredJar first = start("first")) {
            first.replaceFile("listeners: []\n");

            assertThat(ctl("upgrade"))
                    .contains("has ended with 2, and the running one continues: see the log", "[exit 1]");

            RawFtp.login(target()).close();
            assertThat(health()).isEqualTo(200);
            assertThat(first.terminate()).isZero();
        }
    }

    private String ctl(String command) {
        return Program.run(
                temp,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("ftpalg.jar", ""),
                        "ctl",
                        "--socket",
                        temp.resolve("a.sock").toString(),
                        command),
                "",
                ConfiguredJar.PATIENCE);
    }

    @Test
    void staysWhereTheNewProcessCannotStart() throws Exception {
        try (ConfiguredJar first = start("first");
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String clash = "  - {bind: '127.0.0.1:" + taken.getLocalPort() + "', upstream: 127.0.0.1}\n";
            Path file = Files.writeString(temp.resolve("clash.yaml"), config(clash), US_ASCII);
            try (Program next = Program.start(
                    temp,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            System.getProperty("ftpalg.jar", ""),
                            "--config",
                            file.toString()),
                    Map.of(),
                    "")) {
                assertThat(next.await(ConfiguredJar.PATIENCE)).isEqualTo(1);
                assertThat(next.output()).contains("127.0.0.1:" + taken.getLocalPort() + ": cannot listen");
            }
            RawFtp.login(target()).close();
            assertThat(health()).isEqualTo(200);

            try (ConfiguredJar second = start("second")) {
                assertThat(first.awaitEnd()).isZero();
                RawFtp.login(target()).close();
                assertThat(second.terminate()).isZero();
            }
        }
    }
}
