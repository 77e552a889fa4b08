package io.ftpalg.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.LogCapture;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.config.ConfigFile;
import io.ftpalg.server.config.ConfigLoader;
import io.ftpalg.server.config.ConfigWatch;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.service.ServiceManager;
import io.ftpalg.server.settings.ProgramSettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a good file and of a bad one; under load, ReloadIT tests. Covers Gateways.replace too. */
@Timeout(60)
class ReloaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ServiceManager NOBODY = ServiceManager.of(variable -> Optional.empty(), 1);

    @TempDir
    private Path temp = Path.of(".");

    private final LogCapture log = new LogCapture(Reloader.class);
    private Path file = Path.of(".");
    private Gateways gateways;
    private AdminServer admin;
    private Reloader reloader;

    private static String listener(String bind, String... more) {
        return "  - {bind: '" + bind + "', upstream: '127.0.0.1:1'" + String.join("", more) + "}\n";
    }

    private static Optional<String> fault(String variable) {
        throw new StackOverflowError(variable);
    }

    @BeforeEach
    void start() throws Exception {
        file = temp.resolve("gateway.yaml");
        make("drain-timeout: 1s\nlisteners:\n" + listener("127.0.0.1:0"));
        reloader.start();
    }

    private void start(String config) throws Exception {
        make(config);
        reloader.start();
    }

    private void make(String config) throws Exception {
        Files.writeString(file, config);
        ConfigWatch watch = new ConfigWatch(List.of(file));
        ConfigFile content = ConfigLoader.load(file, name -> Optional.empty());
        gateways = Gateways.of(content.settings());
        admin = new AdminServer(AdminRoutes.builder().build());
        gateways.start();
        reloader =
                new Reloader(file, ReloaderTest::fault, content, watch, gateways, admin, new Verbosity(false), NOBODY);
    }

    @AfterEach
    void stop() {
        reloader.close();
        gateways.close();
        admin.close();
        log.close();
    }

    @Test
    void keepsTheExportOfTheProcess() throws Exception {
        Files.writeString(file, "otlp: {endpoint: 'http://127.0.0.1:4318'}\nlisteners:\n" + listener("127.0.0.1:0"));

        reloader.onSignal();

        assertThat(said("config kept")).contains("reason=invalid");
        assertThat(log.lines()).anyMatch(line -> line.contains("otlp is not that of the running gateway"));
    }

    @Test
    void takesOtherHeadersOfTheExport() throws Exception {
        Path headers = Files.writeString(temp.resolve("headers"), "a: 1");
        stop();
        start("otlp: {endpoint: 'http://127.0.0.1:4318', headers-file: headers}\nlisteners:\n"
                + listener("127.0.0.1:0"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            Files.writeString(headers, "a: 2");

            reloader.onSignal();

            await().atMost(PATIENCE).until(() -> count(own, "why=SIGHUP") == 1);
        }
        assertThat(gateways.settings().otlp().orElseThrow().headers()).containsEntry("a", Secret.of("2"));
    }

    /** As a signal may that comes while listeners are being opened. */
    @Test
    void whatIsAskedBeforeTheStartIsDoneThen() throws Exception {
        stop();
        make("listeners:\n" + listener("127.0.0.1:0"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            reloader.onSignal();
            assertThat(own.lines()).isEmpty();

            reloader.start();

            await().atMost(PATIENCE).until(() -> count(own, "why=SIGHUP") == 1);
        }
    }

    @Test
    void putsTheNewConfigInPlace() throws Exception {
        InetSocketAddress before = only();
        Files.writeString(file, "drain-timeout: 7s\nlisteners:\n" + listener("127.0.0.2:0") + listener("127.0.0.1:0"));

        reloader.onSignal();

        String line = said("config reloaded");
        assertThat(gateways.boundAddresses()).hasSize(2);
        assertThat(gateways.boundAddresses().get(1)).containsExactly(before);
        assertThat(gateways.settings().listeners()).hasSize(2);
        assertThat(gateways.settings().drain()).isEqualTo(Duration.ofSeconds(7));
        assertThat(line)
                .startsWith("INFO config reloaded file=" + file + " why=SIGHUP kept=127.0.0.1:" + before.getPort()
                        + " added=127.0.0.2:"
                        + gateways.boundAddresses().get(0).get(0).getPort() + " removed=- old_sessions=0");
    }

    @Test
    void refusesABadFileWholeAndSaysAllThatIsWrong() throws Exception {
        refused("listeners:\n" + listener("127.0.0.2:0") + "verbos: true\nreload: often\n");

        assertThat(log.lines())
                .containsExactly(
                        "ERROR " + file + ":3:1: unknown key 'verbos': did you mean verbose?",
                        "ERROR " + file + ":4:9: reload 'often': expected off|signal|watch",
                        "ERROR config kept file=" + file + " reason=invalid");
    }

    @Test
    void refusesAnotherTransport() throws Exception {
        refused("listeners:\n" + listener("127.0.0.1:0") + "transport: nio\n");

        assertThat(log.lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("ERROR \\Q" + file
                        + "\\E:3:12: transport 'nio': the running gateway uses \\w+: restart it to change that");
    }

    @Test
    void refusesACertificateThatCannotBeUsed() throws Exception {
        Files.writeString(temp.resolve("a.pem"), "");

        refused("listeners:\n" + listener("127.0.0.1:0", ", tls: {certificates: [{cert: a.pem, key: a.pem}]}"));

        assertThat(log.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("ERROR " + file + ": ")
                .contains("a.pem");
    }

    @Test
    void refusesAPortThatSomebodyElseHas() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            refused("listeners:\n" + listener("127.0.0.1:0") + listener("127.0.0.1:" + taken.getLocalPort()));

            assertThat(log.lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("ERROR " + file + ": 127.0.0.1:" + taken.getLocalPort() + ": cannot listen: ");
        }
    }

    private void refused(String config) throws IOException {
        List<List<InetSocketAddress>> before = gateways.boundAddresses();
        ProgramSettings settings = gateways.settings();
        Files.writeString(file, config);

        reloader.onSignal();

        said("config kept");
        assertThat(gateways.boundAddresses()).isEqualTo(before);
        assertThat(gateways.settings()).isEqualTo(settings);
    }

    @Test
    void doesNothingIfItIsOff() throws Exception {
        stop();
        start("reload: off\nlisteners:\n" + listener("127.0.0.1:0"));
        Files.writeString(file, "listeners:\n" + listener("127.0.0.2:0"));

        try (LogCapture own = new LogCapture(Reloader.class)) {
            reloader.onSignal();

            await().atMost(PATIENCE).until(() -> !own.lines().isEmpty());
            assertThat(own.lines()).containsExactly("WARN SIGHUP ignored: reload is off in " + file);
        }
        assertThat(only().getHostString()).isEqualTo("127.0.0.1");
    }

    @Test
    void reloadsAChangeByItselfIfItWatches() throws Exception {
        stop();
        start("reload: watch\nlisteners:\n" + listener("127.0.0.1:0"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            Files.writeString(file, "reload: off\nlisteners:\n" + listener("127.0.0.2:0"));

            await().atMost(PATIENCE).until(() -> own.lines().stream().anyMatch(line -> line.contains("why=change")));
        }
        assertThat(only().getHostString()).isEqualTo("127.0.0.2");
    }

    @Test
    void readsARefusedConfigAgainOnceAFileThatItMissedIsThere() throws Exception {
        watches("greeting-file: hello", () -> Files.writeString(temp.resolve("hello"), "hi"));
    }

    @Test
    void readsARefusedConfigAgainOnceACertificateIsRepaired() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=a")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(temp.resolve("cert.pem"), "");
        Files.writeString(temp.resolve("key.pem"), made.getPrivateKeyPEM());

        watches(
                "tls: {certificates: [{cert: cert.pem, key: key.pem}]}",
                () -> Files.writeString(temp.resolve("cert.pem"), made.getCertificatePathPEM()));
    }

    /** What the old config names counts as well: it may be what has to be mended. */
    @Test
    void goesOnWatchingTheFilesOfTheConfigThatRuns() throws Exception {
        Files.writeString(temp.resolve("old"), "hi");
        stop();
        start("reload: watch\nlisteners:\n" + listener("127.0.0.1:0", ", greeting-file: old"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            Files.writeString(file, "verbos: true\n");
            await().atMost(PATIENCE).until(() -> count(own, "config kept") == 1);

            Files.writeString(temp.resolve("old"), "hi again");

            await().atMost(PATIENCE).until(() -> count(own, "config kept") == 2);
        }
    }

    @Test
    void goesOnWatchingAfterAFaultOfTheProgram() throws Exception {
        stop();
        start("reload: watch\nlisteners:\n" + listener("127.0.0.1:0"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            Files.writeString(file, "drain-timeout: ${FAULT}\nlisteners:\n" + listener("127.0.0.1:0"));
            await().atMost(PATIENCE).until(() -> count(own, "reason=internal-error") == 1);

            Files.writeString(file, "drain-timeout: 7s\nlisteners:\n" + listener("127.0.0.1:0"));

            await().atMost(PATIENCE).until(() -> count(own, "config reloaded") == 1);
        }
    }

    private void watches(String key, Callable<Path> remedy) throws Exception {
        stop();
        start("reload: watch\nlisteners:\n" + listener("127.0.0.1:0"));
        try (LogCapture own = new LogCapture(Reloader.class)) {
            Files.writeString(file, "listeners:\n" + listener("127.0.0.1:0", ", " + key));
            await().atMost(PATIENCE).until(() -> count(own, "config kept") == 1);

            remedy.call();

            await().atMost(PATIENCE).until(() -> count(own, "config reloaded") == 1);
        }
    }

    private static long count(LogCapture log, String text) {
        return log.lines().stream().filter(line -> line.contains(text)).count();
    }

    private String said(String text) {
        await().atMost(PATIENCE).until(() -> log.lines().stream().anyMatch(line -> line.contains(text)));
        return log.lines().stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow();
    }

    private InetSocketAddress only() {
        assertThat(gateways.boundAddresses()).hasSize(1);
        return gateways.boundAddresses().get(0).get(0);
    }
}
