package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.login.LoginPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPHTTPClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway as an HTTP proxy that connects to FTP servers: real clients of CONNECT, and scripted ones, and a real server. */
@Timeout(120)
class HttpConnectTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Limits QUICK = Limits.builder()
            .loginDelay(Duration.ofMillis(1))
            .targetTimeout(Duration.ofMillis(300))
            .build();

    @TempDir
    Path folder;

    private final Queue<CloseCause> refusals = new ConcurrentLinkedQueue<>();
    private EmbeddedServer server;
    private Optional<FtpAlg> started = Optional.empty();

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (started.isPresent()) {
            started.get().stop(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        server.close();
    }

    private InetSocketAddress start(FtpAlgBuilder builder) throws Exception {
        FtpAlg gateway = builder.listen(new InetSocketAddress("127.0.0.3", 0))
                .protocol(ListenerProtocol.HTTP)
                .router(Routers.forward(
                        TargetRules.of(List.of(
                                TargetRule.parse("127.0.0.0/8:" + server.port()).orElseThrow())),
                        ServerDataMode.CLIENT,
                        Optional.empty()))
                .listener(new AlgListener() {
                    @Override
                    public void sessionRefused(SessionRefused event) {
                        refusals.add(event.cause());
                    }
                })
                .build()
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        started = Optional.of(gateway);
        return gateway.boundAddresses().get(0);
    }

    private void assertRefused(CloseCause cause) {
        Awaitility.await().atMost(PATIENCE).until(() -> !refusals.isEmpty());
        assertThat(refusals).containsExactly(cause);
    }

    @Test
    void passesFilesBothWays() throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("down"), content);

        FTPClient client = new FTPHTTPClient(proxy.getHostString(), proxy.getPort(), "", "");
        client.connect("127.0.0.1", server.port());
        client.setSoTimeout(20_000);
        assertThat(client.login("tester", "secret")).isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        for (int round = 0; round < 3; round++) {
            ByteArrayOutputStream down = new ByteArrayOutputStream();
            assertThat(client.retrieveFile("down", down))
                    .as(client.getReplyString())
                    .isTrue();
            assertThat(down.toByteArray()).isEqualTo(content);
            assertThat(client.storeFile("up" + round, new ByteArrayInputStream(content)))
                    .isTrue();
            assertThat(folder.resolve("up" + round)).hasBinaryContent(content);
        }
        client.quit();
        client.disconnect();
        assertThat(refusals).isEmpty();
    }

    /** The bytes behind the request are the tunnel's. */
    @Test
    void passesWhatIsBehindTheRequest() throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());

        String all = ask(proxy, "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\nHost: x\r\n\r\nNOOP\r\nQUIT\r\n");

        assertThat(all).startsWith("HTTP/1.1 200 Connection established\r\n\r\n220 ");
        assertThat(all.lines().filter(line -> line.startsWith("221 "))).hasSize(1);
        assertThat(refusals).isEmpty();
    }

    private String ask(InetSocketAddress proxy, String request) throws IOException {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(proxy);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String connect(InetSocketAddress proxy, String target, String headers) throws IOException {
        return ask(proxy, "CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:22, 403, TARGET_DENIED",
        "169.254.169.254:80, 403, TARGET_DENIED",
        "127.0.0.1, 400, BAD_REQUEST",
        "127.0.0.1:, 400, BAD_REQUEST",
        "127.1:21, 400, BAD_REQUEST",
        "a@b@c:21, 400, BAD_REQUEST",
        "127.0.0.1%0d%0a:21, 400, BAD_REQUEST",
        "ftp://127.0.0.1:21/, 400, BAD_REQUEST",
    })
    void refusesATargetThatIsNoneOrNotAllowed(String target, int status, CloseCause cause) throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder().limits(QUICK));

        assertThat(connect(proxy, target, ""))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("connection: close");
        assertRefused(cause);
    }

    @Test
    void failsInOneWayWhateverIsWrongWithTheServer() throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder().limits(QUICK));

        assertThat(connect(proxy, "127.0.0.77:" + server.port(), "")).startsWith("HTTP/1.1 502 ");
        assertThat(connect(proxy, "198.51.100.1:" + server.port(), "")).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
            })
    void refusesARequestWithABody(String headers) throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());

        assertThat(connect(proxy, "127.0.0.1:" + server.port(), headers)).startsWith("HTTP/1.1 400 ");
        assertRefused(CloseCause.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"GET, 501", "POST, 501", "OPTIONS, 501"})
    void servesFtpOnly(String method, int status) throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());

        assertThat(ask(proxy, method + " http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
        assertRefused(CloseCause.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "USER joe\r\n\r\n",
                "CONNECT 127.0.0.1:21 HTTP/1.1\r\nHost : x\r\n\r\n",
                "CONNECT 127.0.0.1:21 HTTP/1.1\r\nA: b\000c\r\n\r\n",
                "\026\003\001\000\005\r\n\r\n",
            })
    void refusesWhatIsNoHttp(String request) throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());

        assertThat(ask(proxy, request)).startsWith("HTTP/1.1 400 ");
        assertRefused(CloseCause.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"8200, 0", "10, 16500"})
    void boundsTheFirstLineAndTheHeaders(int line, int headers) throws Exception {
        InetSocketAddress proxy = start(FtpAlg.builder());

        assertThat(ask(proxy, "CONNECT " + "a".repeat(line) + ":21 HTTP/1.1\r\nX: " + "b".repeat(headers) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertRefused(CloseCause.BAD_REQUEST);
    }

    // ---- users

    private static FtpAlgBuilder withUsers() {
        return FtpAlg.builder()
                .limits(QUICK)
                .login(LoginPolicy.DEFAULT.withUsers((name, password, from) -> name.equals("down")
                        ? CompletableFuture.failedStage(new IOException("no directory"))
                        : CompletableFuture.completedStage(
                                password.reveal().equals("pw:1")
                                        ? Optional.of(new ProxyUser(name, Set.of()))
                                        : Optional.empty())));
    }

    private static String basic(String credentials) {
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.ISO_8859_1)) + "\r\n";
    }

    @Test
    void letsItsUsersIn() throws Exception {
        InetSocketAddress proxy = start(withUsers());

        String all =
                ask(proxy, "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n" + basic("joe:pw:1") + "\r\nQUIT\r\n");

        assertThat(all).startsWith("HTTP/1.1 200 ").contains("\r\n221 ");
    }

    @Test
    void refusesWhoIsNoUser() throws Exception {
        InetSocketAddress proxy = start(withUsers());
        String target = "127.0.0.1:" + server.port();

        for (String headers : List.of(
                "",
                basic("joe:wrong"),
                "Proxy-Authorization: Basic !!\r\n",
                "Proxy-Authorization: Bearer x\r\n",
                basic("joe"),
                basic("joe:pw:1") + basic("joe:pw:1"))) {
            assertThat(connect(proxy, target, headers))
                    .as(headers)
                    .startsWith("HTTP/1.1 407 ")
                    .containsIgnoringCase("proxy-authenticate: Basic realm=");
        }
        assertThat(refusals).hasSize(6).containsOnly(CloseCause.LOGIN_REFUSED);
    }

    @Test
    void refusesAllWhileItsUsersCannotBeAsked() throws Exception {
        InetSocketAddress proxy = start(withUsers());

        assertThat(connect(proxy, "127.0.0.1:" + server.port(), basic("down:pw")))
                .startsWith("HTTP/1.1 502 ");
        assertRefused(CloseCause.USERS_UNAVAILABLE);
    }
}
