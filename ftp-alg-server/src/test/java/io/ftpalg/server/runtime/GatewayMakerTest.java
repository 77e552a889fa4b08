package io.ftpalg.server.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.FtpAlg;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.log.FatalErrors;
import io.ftpalg.server.settings.ProgramSettings;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway owns ends with it; what it is made of, FileConfigTest tests. Covers ClientTlsSettings too. */
@Timeout(60)
class GatewayMakerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path temp = Path.of(".");

    private final Set<Thread> others = watchers();

    @BeforeEach
    void makeCertificate() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=a")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(temp.resolve("cert.pem"), made.getCertificatePathPEM());
        Files.writeString(temp.resolve("key.pem"), made.getPrivateKeyPEM());
        Files.writeString(temp.resolve("empty.pem"), "");
    }

    @Test
    void certificatesAreWatchedUntilTheGatewayEnds() throws Exception {
        FtpAlg gateway = TestSettings.gateway(settings("127.0.0.1:0"));
        Set<Thread> own = own();

        gateway.close();

        assertThat(own).hasSize(1);
        await().atMost(PATIENCE).until(() -> own().isEmpty());
    }

    /** Its router alone shows what it is made of: the start needs a capability. */
    @Test
    void makesATransparentGateway() throws Exception {
        assumeTrue(Epoll.isAvailable());
        ProgramSettings settings = TestSettings.program("--transparent", "tproxy", "--spoof-client");

        try (FtpAlg gateway = TestSettings.gateway(settings)) {
            assertThat(gateway.sessions()).isZero();
        }
        assertThat(new RouterMaker().router(settings.listeners().get(0)))
                .hasToString("original destination, allowed [0.0.0.0/0:21, [::/0]:21]");
    }

    @Test
    void certificatesAreNotWatchedForAGatewayThatCannotBeMade() {
        ProgramSettings settings =
                settings("127.0.0.1:0", "--upstream-tls", "required", "--upstream-ca", path("empty.pem"));

        assertThat(catchThrowableOfType(SettingsException.class, () -> TestSettings.gateway(settings)))
                .hasMessageContaining("empty.pem");

        await().atMost(PATIENCE).until(() -> own().isEmpty());
    }

    @Test
    void certificatesAreNotWatchedForAGatewayThatWasReplacedOrRefused() throws Exception {
        try (Gateways gateways = Gateways.of(settings("127.0.0.1:0"));
                ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            gateways.start();

            gateways.replace(settings("127.0.0.1:0"));
            assertThatThrownBy(() -> gateways.replace(TestSettings.together(
                            settings("127.0.0.1:0"), settings("127.0.0.1:" + taken.getLocalPort()))))
                    .isInstanceOf(ExecutionException.class);

            await().atMost(PATIENCE).until(() -> own().size() == 1);
        }
    }

    @Test
    void aGatewayThatCannotContinueEndsTheProgram() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Object> done = new CopyOnWriteArrayList<>();
        ProgramSettings settings = settings("127.0.0.1:0");
        IoEventLoopGroup loops = FtpAlg.newEventLoops(settings.transport());
        Thread.setDefaultUncaughtExceptionHandler(
                new FatalErrors(line -> done.add(new String(line, US_ASCII)), done::add));
        try {
            FtpAlg gateway = GatewayMaker.make(settings, settings.listeners().get(0), List.of(), Optional.of(loops))
                    .gateway();
            gateway.start().toCompletableFuture().get(20, TimeUnit.SECONDS);

            loops.next().shutdownGracefully(0, 0, TimeUnit.SECONDS);

            // Else Awaitility installs a handler of its own while it waits.
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> done.size() == 2);
            assertThat(done)
                    .first()
                    .asString()
                    .matches(
                            "ftp-alg: (the listener at|an event loop|event loop) .*(ended|closed): exiting with code 3\n");
            assertThat(done).last().isEqualTo(3);
            gateway.stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private Set<Thread> own() {
        return watchers().stream().filter(thread -> !others.contains(thread)).collect(Collectors.toSet());
    }

    private static Set<Thread> watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("certificates"))
                .collect(Collectors.toSet());
    }

    private ProgramSettings settings(String listen, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--listen",
                listen,
                "--upstream",
                "127.0.0.1:1",
                "--tls-cert",
                path("cert.pem"),
                "--tls-key",
                path("key.pem")));
        options.addAll(List.of(more));
        return TestSettings.program(options.toArray(String[]::new));
    }

    private String path(String name) {
        return temp.resolve(name).toString();
    }
}
