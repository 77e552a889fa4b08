package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar reloads its config file under load. */
@Timeout(120)
class ReloadIT {
    private static final int TRANSFERS = 100;
    /** More than the kernel takes of a transfer whose client does not read. */
    private static final int SIZE = 8 << 20;

    private static final int RELOADS = 20;
    private static final int CLIENTS = 4;
    private static final String MANY = "{sessions-per-address: 1000, new-sessions-per-second: 100000}";
    private static final TestServer SERVER = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);

    @TempDir
    private Path temp = Path.of(".");

    @BeforeAll
    static void fill() {
        Payload.file(SERVER.files().resolve("large"), SIZE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String listener(String bind, String... more) {
        return "  - {bind: '" + bind + "', upstream: '" + Target.of(SERVER).authority() + "', limits: " + MANY
                + String.join("", more) + "}\n";
    }

    private static Target through(InetSocketAddress gateway) {
        return new Target(gateway, SERVER.user(), SERVER.password());
    }

    @Test
    void losesNoneOfAHundredRunningTransfers() throws Exception {
        byte[] content = Payload.bytes(SIZE);
        byte[] upload = Payload.bytes(1 << 20);
        try (ConfiguredJar jar = ConfiguredJar.start(temp, "listeners:\n" + listener("127.0.0.1:0"))) {
            Target target = through(jar.addresses().get(0));
            List<RawFtp> clients = new ArrayList<>();
            List<Socket> running = new ArrayList<>();
            for (int i = 0; i < TRANSFERS; i++) {
                clients.add(RawFtp.login(target));
                if (isUpload(i)) {
                    running.add(clients.get(i).open(DataSyntax.PASV, "STOR up" + i));
                    running.get(i).getOutputStream().write(upload, 0, upload.length / 2);
                } else {
                    running.add(clients.get(i).open(DataSyntax.PASV, "RETR large"));
                    assertThat(running.get(i).getInputStream().readNBytes(1)).containsExactly(content[0]);
                }
            }
            jar.replaceFile("listeners:\n" + listener("127.0.0.1:0", ", server-mode: active"));

            String reloaded = jar.reload();

            assertThat(jar.log("transfer finished")).isEmpty();
            assertThat(ConfiguredJar.value(reloaded, "old_sessions")).isEqualTo(String.valueOf(TRANSFERS));
            ExecutorService threads = Executors.newFixedThreadPool(TRANSFERS);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < TRANSFERS; i++) {
                int transfer = i;
                ends.add(threads.submit(() -> {
                    try (RawFtp client = clients.get(transfer);
                            Socket data = running.get(transfer)) {
                        if (isUpload(transfer)) {
                            data.getOutputStream().write(upload, upload.length / 2, upload.length - upload.length / 2);
                            data.shutdownOutput();
                        } else {
                            assertThat(sha256(content[0], data.getInputStream()))
                                    .isEqualTo(sha256(content));
                        }
                        assertThat(client.read().code()).isEqualTo(226);
                        if (isUpload(transfer)) {
                            assertThat(Payload.sha256(SERVER.files().resolve("up" + transfer)))
                                    .isEqualTo(sha256(upload));
                        }
                        assertThat(client.ask("QUIT").code()).isEqualTo(221);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            try (RawFtp client = RawFtp.login(target)) {
                assertThat(client.download(DataSyntax.PASV, "RETR large")).hasSize(SIZE);
            }
            String newest = jar.awaitLog("transfer finished", TRANSFERS + 1);
            assertThat(jar.log("transfer finished").subList(0, TRANSFERS))
                    .allSatisfy(
                            line -> assertThat(line).contains(" end=COMPLETE").contains("server_leg=PASV"));
            assertThat(newest).contains(" end=COMPLETE").containsPattern("server_leg=(PORT|EPRT)");
            assertThat(jar.terminate()).isZero();
        }
    }

    private static boolean isUpload(int transfer) {
        return transfer % 2 == 0;
    }

    @Test
    void refusesNoneOfTheNewSessionsWhileItReloadsTwentyTimes() throws Exception {
        try (ConfiguredJar jar = ConfiguredJar.start(temp, "listeners:\n" + listener("127.0.0.1:0"))) {
            Target target = through(jar.addresses().get(0));
            AtomicBoolean enough = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                counts.add(threads.submit(() -> logins(target, enough)));
            }

            for (int i = 0; i < RELOADS; i++) {
                jar.replaceFile("listeners:\n" + listener("127.0.0.1:0", i % 2 == 0 ? ", telnet: off" : ""));
                jar.reload();
            }

            enough.set(true);
            for (Future<Integer> count : counts) {
                assertThat(count.get(30, TimeUnit.SECONDS)).isPositive();
            }
            threads.shutdown();
            assertThat(jar.log("session refused")).isEmpty();
            assertThat(jar.log(" ERROR ")).isEmpty();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(jar.log("session closed"))
                    .hasSameSizeAs(jar.log("session opened")));
        }
    }

    private static int logins(Target target, AtomicBoolean enough) throws IOException {
        int count = 0;
        while (!enough.get()) {
            try (RawFtp client = RawFtp.login(target)) {
                assertThat(client.ask("QUIT").code()).isEqualTo(221);
                count++;
            }
        }
        return count;
    }

    @Test
    void keepsTheOldConfigIfTheNewIsBad() throws Exception {
        try (ConfiguredJar jar = ConfiguredJar.start(temp, "listeners:\n" + listener("127.0.0.1:0"))) {
            Target target = through(jar.addresses().get(0));
            jar.replaceFile("listeners:\n" + listener("127.0.0.1:0", ", telnet: perhaps") + "verbos: true\n");

            jar.hangUp();

            jar.awaitLog("config kept file=" + jar.file() + " reason=invalid", 1);
            assertThat(jar.log(" ERROR ")).hasSize(3);
            assertThat(jar.log(" ERROR ").get(0)).contains(jar.file() + ":2:").contains("telnet 'perhaps': ");
            assertThat(jar.log(" ERROR ").get(1)).contains(jar.file() + ":3:1: unknown key 'verbos'");
            RawFtp.login(target).close();

            jar.replaceFile("listeners:\n" + listener("127.0.0.1:0"));
            jar.reload();
            RawFtp.login(target).close();
        }
    }

    @Test
    void watchesForAFileThatIsReplacedOrWritten() throws Exception {
        String watch = "reload: watch\n";
        try (ConfiguredJar jar = ConfiguredJar.start(temp, watch + "listeners:\n" + listener("127.0.0.1:0"))) {
            InetSocketAddress first = jar.addresses().get(0);

            jar.replaceFile(watch + "listeners:\n" + listener("127.0.0.1:0") + listener("127.0.0.2:0"));

            String added = jar.awaitLog("config reloaded", 1);
            InetSocketAddress second =
                    ConfiguredJar.addresses(ConfiguredJar.value(added, "added")).get(0);
            assertThat(added).contains(" why=change ");
            RawFtp.login(through(first)).close();
            RawFtp.login(through(second)).close();

            Files.writeString(jar.file(), watch + "listeners:\n" + listener("127.0.0.2:0"), UTF_8);

            assertThat(jar.awaitLog("config reloaded", 2))
                    .contains(" added=- ")
                    .contains(" removed=127.0.0.1:" + first.getPort());
            RawFtp.login(through(second)).close();
        }
    }

    @Test
    void addsAndRemovesListenersAndKeepsTheSocketOfTheOthers() throws Exception {
        try (ConfiguredJar jar =
                ConfiguredJar.start(temp, "listeners:\n" + listener("127.0.0.1:0") + listener("127.0.0.2:0"))) {
            InetSocketAddress removed = jar.addresses().get(0);
            InetSocketAddress kept = jar.addresses().get(1);
            String socket = listeningSocket(kept);
            RawFtp running = RawFtp.login(through(removed));
            // The one that stays has another place in the file.
            jar.replaceFile("listeners:\n" + listener("127.0.0.2:0") + listener("127.0.0.3:0"));

            String reloaded = jar.reload();

            assertThat(ConfiguredJar.value(reloaded, "kept")).isEqualTo("127.0.0.2:" + kept.getPort());
            assertThat(ConfiguredJar.value(reloaded, "removed")).isEqualTo("127.0.0.1:" + removed.getPort());
            assertThat(listeningSocket(kept)).isEqualTo(socket);
            RawFtp.login(through(kept)).close();
            RawFtp.login(through(ConfiguredJar.addresses(ConfiguredJar.value(reloaded, "added"))
                            .get(0)))
                    .close();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThatThrownBy(
                            () -> new Socket(removed.getAddress(), removed.getPort()).close())
                    .hasMessageContaining("refused"));
            assertThat(running.download(DataSyntax.EPSV, "RETR large")).hasSize(SIZE);
            running.close();
        }
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static String sha256(byte first, InputStream rest) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(first);
        try (DigestInputStream in = new DigestInputStream(rest, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the number that the kernel has for the listening socket at this address of IPv4. */
    private static String listeningSocket(InetSocketAddress address) throws IOException {
        byte[] ip = address.getAddress().getAddress();
        String local = "%02X%02X%02X%02X:%04X".formatted(ip[3], ip[2], ip[1], ip[0], address.getPort());
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines.stream()
                .map(line -> line.trim().split(" +", -1))
                .filter(fields -> fields.length > 9 && fields[1].endsWith(local) && fields[3].equals("0A"))
                .map(fields -> fields[9])
                .findFirst()
                .orElseThrow();
    }
}
