package io.ftpalg.server.admin;

import static io.ftpalg.server.admin.AdminFixture.TOKEN;
import static io.ftpalg.server.admin.AdminFixture.rest;
import static io.ftpalg.server.admin.AdminFixture.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.settings.AdminSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over sockets, good and bad ones: AdminServer with all of its package. */
@Timeout(120)
class AdminServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<EventStream> streams = new LinkedBlockingQueue<>();
    private final AdminFixture admin = new AdminFixture(AdminFixture.routes()
            .add(
                    AdminMethod.GET,
                    "/events",
                    request -> CompletableFuture.completedStage(AdminResponse.events(streams::add)))
            .build());

    @TempDir
    private Path temp = Path.of(".");

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void routesGetVariablesParametersAndCaller() throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask("GET /things/a%2Fb+c?q=1&q=2"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\na/b+c 1 LOOPBACK");
        assertThat(admin.ask("POST /things/a", "X-Ftp-Alg: 1")).endsWith("did ");
        assertThat(admin.send("POST /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"))
                .endsWith("did {}");
    }

    @Test
    void headHasTheHeadersOfGetOnly() throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask("HEAD /"))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: 4")
                .endsWith("\r\n\r\n");
    }

    @Test
    void respondsToOneRequestAfterAnotherOnOneConnection() throws Exception {
        admin.open(tcp(Optional.empty()));
        String one = "GET /things/%d HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n";

        String all =
                admin.send(one.formatted(1, "") + one.formatted(2, "") + one.formatted(3, "Connection: close\r\n"));

        assertThat(all.split("HTTP/1.1 200 OK")).hasSize(4);
        assertThat(all.indexOf("1 - LOOP")).isBetween(0, all.indexOf("2 - LOOP"));
        assertThat(all).endsWith("3 - LOOPBACK");
    }

    @Test
    void eachResponseProtectsTheBrowser() throws Exception {
        admin.open(tcp(Optional.empty()));

        for (String line : List.of("GET /", "GET /none", "POST /", "GET /..")) {
            assertThat(admin.ask(line))
                    .contains("content-security-policy: default-src 'none'", "frame-ancestors 'none'")
                    .contains("x-content-type-options: nosniff", "cache-control: no-store")
                    .doesNotContain("unsafe-inline");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /none, 404",
        "DELETE /, 405",
        "PATCH /, 405",
        "OPTIONS /, 405",
        "GET /fails, 500",
        "GET /throws, 500",
        "GET /things, 404",
        "GET /things/, 400",
        "GET /things/a/b, 404",
        "GET /../etc/passwd, 400",
        "GET /things/..%2f..%2fetc, 200",
        "GET /things/%2e%2e, 400",
        "GET /things/a%00b, 400",
        "GET /things/a%0ab, 400",
        "GET /things/a%5cb, 400",
        "GET /things/%ff, 400",
        "GET /things/%zz, 400",
        "GET //things/a, 400",
        "GET http://127.0.0.1/, 400",
        "GET /things/a?q=%zz, 400",
    })
    void refusesWhatHasNoRoute(String line, int status) throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask(line, "X-Ftp-Alg: 1"))
                .startsWith("HTTP/1.1 " + status)
                .doesNotContain("inside");
        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
    }

    @Test
    void namesTheMethodsThatAPathHas() throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask("DELETE /things/a", "X-Ftp-Alg: 1")).contains("allow: GET, POST");
    }

    @Test
    void refusesWhatIsNoHttpOrTooLong() throws Exception {
        admin.open(tcp(Optional.empty()));
        String head = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n";

        assertThat(admin.send(head + "Big: " + "a".repeat(AdminLimits.HEADERS) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(admin.ask("GET /" + "a".repeat(AdminLimits.REQUEST_LINE))).startsWith("HTTP/1.1 414");
        assertThat(admin.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (AdminLimits.BODY + 1) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(admin.send(head + "Content-Length: x\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(admin.send("\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(admin.send("POST /things/a HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ftp-Alg: 1\r\nConnection: close\r\n"
                        + "Content-Length: 1\r\n\r\n\u00ff"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aBodyAtTheLimitIsRead() throws Exception {
        admin.open(tcp(Optional.empty()));

        String response =
                admin.send("POST /things/a HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ftp-Alg: 1\r\nConnection: close\r\n"
                        + "Content-Length: " + AdminLimits.BODY + "\r\n\r\n" + "a".repeat(AdminLimits.BODY));

        assertThat(response).startsWith("HTTP/1.1 200").endsWith("a".repeat(AdminLimits.BODY));
    }

    @Test
    void tenMegabytesOfHeadersAreNotKept() throws Exception {
        admin.open(tcp(Optional.empty()));

        try (SocketChannel channel = SocketChannel.open(admin.address())) {
            channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
            byte[] header = ("A: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000_000; i++) {
                            channel.write(ByteBuffer.wrap(header));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: evil.example", "Host: evil.example:8021", "Host: ", "A: b", "Host: localhost\r\nHost: a"})
    void refusesNamesThatAreNotItsOwn(String host) throws Exception {
        admin.open(tcp(Optional.empty(), "gateway.example"));

        assertThat(admin.send("GET /health HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8021", "[::1]:8021", "10.0.0.7", "Gateway.example:8021"})
    void acceptsItsOwnNames(String host) throws Exception {
        admin.open(tcp(Optional.empty(), "gateway.example"));

        assertThat(admin.send("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "A: b",
                "X-Ftp-Alg: 1\r\nOrigin: http://evil.example",
                "X-Ftp-Alg: 1\r\nOrigin: null",
                "X-Ftp-Alg: 1\r\nOrigin: http://127.0.0.1:9",
                "X-Ftp-Alg: 1\r\nSec-Fetch-Site: cross-site",
                "X-Ftp-Alg: 1\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate",
                "Content-Type: application/json\r\nSec-Fetch-Site: same-site",
            })
    void refusesWhatAPageOfAnotherOriginCanSend(String headers) throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask("POST /things/a", headers)).containsPattern("^HTTP/1.1 (403|415)");
    }

    @Test
    void acceptsItsOwnPageAndAVisit() throws Exception {
        admin.open(tcp(Optional.empty()));

        assertThat(admin.ask(
                        "POST /things/a",
                        "Content-Type: application/json\r\nOrigin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200");
        assertThat(admin.ask("GET /", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"))
                .startsWith("HTTP/1.1 200");
        assertThat(admin.ask("GET /", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void tokenIsNeededButForHealth() throws Exception {
        admin.open(tcp(Optional.of(TOKEN)));
        String basic = Base64.getEncoder().encodeToString(("any:" + TOKEN.reveal()).getBytes(StandardCharsets.UTF_8));

        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
        assertThat(admin.ask("GET /things/a"))
                .startsWith("HTTP/1.1 401")
                .contains("www-authenticate: Basic")
                .doesNotContain(TOKEN.reveal());
        assertThat(admin.ask("GET /none")).startsWith("HTTP/1.1 401");
        assertThat(admin.ask("GET /things/a", "Authorization: Bearer " + TOKEN.reveal()))
                .endsWith("a - TOKEN");
        assertThat(admin.ask("GET /things/a", "Authorization: Basic " + basic)).endsWith("a - TOKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer 0123456789abcdeg",
                "Bearer",
                "Basic !!",
                "Basic MDEyMzQ1Njc4OWFiY2RlZw==",
                "Digest 0123456789abcdef",
            })
    void aWrongTokenIsRefusedLate(String authorization) throws Exception {
        admin.open(tcp(Optional.of(TOKEN)));
        long begin = System.nanoTime();

        assertThat(admin.ask("GET /things/a", "Authorization: " + authorization))
                .startsWith("HTTP/1.1 401");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(AdminLimits.WRONG_TOKEN_DELAY);
    }

    @Test
    void aUnixSocketNeedsNoTokenAndItsModeIsAsSet() throws Exception {
        Path path = temp.resolve("admin.sock");
        admin.open(AdminFixture.socket(path, false));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(admin.ask("GET /things/a")).endsWith("a - SOCKET");
        try (var files = Files.list(temp)) {
            assertThat(files).containsExactly(path);
        }

        admin.open(AdminFixture.socket(path, true));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");

        admin.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void aSocketThatIsInUseIsNotTaken() throws Exception {
        Path path = temp.resolve("admin.sock");
        admin.open(AdminFixture.socket(path, false));

        try (AdminFixture other = new AdminFixture(AdminFixture.routes().build())) {
            assertThatThrownBy(() -> other.open(AdminFixture.socket(path, false)))
                    .isInstanceOf(AdminException.class)
                    .hasMessageContaining("another process listens there");
            assertThatThrownBy(() -> other.open(AdminFixture.socket(temp.resolve("none/s"), false)))
                    .hasMessageContaining("its directory is missing");
            Path file = Files.writeString(temp.resolve("file"), "text");
            assertThatThrownBy(() -> other.open(AdminFixture.socket(file, false)))
                    .hasMessageContaining("is no socket");
            assertThat(file).hasContent("text");
        }
        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aSocketThatWasLeftBehindIsReplaced() throws Exception {
        Path path = temp.resolve("admin.sock");
        try (var left = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            left.bind(java.net.UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();

        admin.open(AdminFixture.socket(path, false));

        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aPortInUseIsAnErrorAndNothingChanges() throws Exception {
        admin.open(tcp(Optional.empty()));
        SocketAddress before = admin.address();
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            AdminSettings next = new AdminSettings(
                    Optional.of(new InetSocketAddress("127.0.0.1", taken.getLocalPort())),
                    Optional.of(temp.resolve("s")),
                    false,
                    Optional.empty(),
                    List.of(),
                    Optional.empty());

            assertThatThrownBy(() -> admin.open(next))
                    .isInstanceOf(AdminException.class)
                    .hasMessageContaining("cannot open admin 127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(admin.address()).isEqualTo(before);
        assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
        assertThat(temp.resolve("s")).doesNotExist();
    }

    @Test
    void aChangeTakesEffectWhenCommittedOnly() throws Exception {
        admin.open(tcp(Optional.empty()));
        SocketAddress before = admin.address();
        Secret other = Secret.of("fedcba9876543210");

        admin.server.prepare(Optional.of(tcp(Optional.of(other)))).discard();
        assertThat(admin.ask("GET /things/a")).endsWith("a - LOOPBACK");

        try (SocketChannel idle = SocketChannel.open(before)) {
            admin.open(tcp(Optional.of(other)));

            assertThat(rest(idle)).isEmpty();
        }
        assertThat(admin.address()).isEqualTo(before);
        assertThat(admin.ask("GET /things/a")).startsWith("HTTP/1.1 401");

        admin.server.prepare(Optional.empty()).commit();
        assertThat(admin.server.addresses()).isEmpty();
        // The socket itself is closed by the event loop, a moment later.
        await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(() -> {
                    try (SocketChannel late = SocketChannel.open(before)) {
                        assertThat(late.isOpen()).isTrue();
                    }
                })
                .isInstanceOf(IOException.class));
    }

    @Test
    void eventsArriveAndTheEndIsNoticed() throws Exception {
        admin.open(tcp(Optional.empty()));
        CountDownLatch closed = new CountDownLatch(2);
        try (SocketChannel client = events()) {
            EventStream stream = take();
            stream.onClosed(closed::countDown);
            assertThatThrownBy(() -> stream.send("a\nb", "c")).isInstanceOf(IllegalArgumentException.class);
            assertThat(stream.send("now", "one\ntwo")).isTrue();
            assertThat(stream.send("empty", "")).isTrue();
            stream.close();

            assertThat(rest(client))
                    .contains("text/event-stream", "event: now\ndata: one\ndata: two\n\n", "event: empty\ndata:\n\n")
                    .endsWith("0\r\n\r\n");
        }
        EventStream left;
        try (SocketChannel client = events()) {
            left = take();
            left.onClosed(closed::countDown);
            // What a client sends behind its request is dropped.
            client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(left.send("now", "nobody")).isFalse();
    }

    @Test
    void aClientThatDoesNotReadIsSentNothingUntilItDoes() throws Exception {
        admin.open(tcp(Optional.empty()));
        CountDownLatch writable = new CountDownLatch(1);
        try (SocketChannel client = events()) {
            EventStream stream = take();
            stream.onWritable(writable::countDown);
            String data = "x".repeat(10_000);

            int sent = 0;
            while (stream.send("now", data)) {
                sent++;
            }
            assertThat(sent).isBetween(1, 10_000);

            CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return rest(client);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(writable.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(stream.send("last", "again")).isTrue();
            stream.close();
            assertThat(read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("event: last\ndata: again");
        }
    }

    @Test
    void aThousandStreamsAreRefusedAndOthersServed() throws Exception {
        admin.open(tcp(Optional.empty()));
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AdminLimits.STREAMS; i++) {
                clients.add(events());
                take();
            }
            for (int i = 0; i < 1000 - AdminLimits.STREAMS; i++) {
                assertThat(admin.ask("GET /events")).startsWith("HTTP/1.1 503");
            }
            assertThat(admin.ask("GET /health")).startsWith("HTTP/1.1 200");
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        await().atMost(PATIENCE).until(() -> {
            try (SocketChannel again = events()) {
                return again.isOpen() && streams.poll(1, TimeUnit.SECONDS) != null;
            }
        });
    }

    @Test
    void connectionsAreBounded() throws Exception {
        admin.open(tcp(Optional.empty()));
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AdminLimits.CONNECTIONS; i++) {
                clients.add(SocketChannel.open(admin.address()));
            }
            try (SocketChannel tooMany = SocketChannel.open(admin.address())) {
                assertThat(rest(tooMany)).isEmpty();
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> admin.ask("GET /health")
                .startsWith("HTTP/1.1 200"));
    }

    private SocketChannel events() throws IOException {
        SocketChannel client = SocketChannel.open(admin.address());
        client.write(
                ByteBuffer.wrap("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        return client;
    }

    private EventStream take() throws InterruptedException {
        EventStream stream = streams.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }
}
