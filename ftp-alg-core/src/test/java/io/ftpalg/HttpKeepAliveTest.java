package io.ftpalg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limit;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.LimitsBuilder;
import io.ftpalg.policy.ListenerProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests on one connection of an HTTP client (RFC 9112 section 9.3), and where it ends instead. */
@Timeout(120)
class HttpKeepAliveTest {
    @TempDir
    Path folder;

    private EmbeddedServer server;
    private TargetGateway gateway;
    private final byte[] content = new byte[200_000];

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("down"), content);
        gateway = start(Limits.builder());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        server.close();
    }

    private TargetGateway start(LimitsBuilder limits) throws Exception {
        return TargetGateway.start(FtpAlg.builder().limits(limits.build()), ListenerProtocol.HTTP, server.port());
    }

    /** One session at a time for the client, so that each request waits for the end of the session before it. */
    private void restart(LimitsBuilder limits) throws Exception {
        gateway.close();
        gateway = start(limits);
    }

    private HttpWire connect() throws Exception {
        return new HttpWire(gateway.address());
    }

    private String request(String method, String path) {
        return method + " ftp://tester:secret@127.0.0.1:" + server.port() + path + " HTTP/1.1\nHost: x\n";
    }

    @Test
    void servesOneRequestAfterTheOther() throws Exception {
        restart(Limits.builder().sessionsPerAddress(1).newSessionsPerSecond(1000));
        try (HttpWire client = connect()) {
            HttpWire.Response file = client.send(request("GET", "/down") + "\n").read();
            client.send(request("HEAD", "/down") + "\n");
            String head = client.head();
            HttpWire.Response missing =
                    client.send(request("GET", "/none") + "\n").read();
            HttpWire.Response list = client.send(request("GET", "/") + "\n").read();
            HttpWire.Response stored = client.send(request("PUT", "/up") + "Content-Length: 5\n\nhello")
                    .read();
            HttpWire.Response continued = client.send(
                            request("PUT", "/up") + "Content-Length: 2\nExpect: 100-continue\n\n")
                    .read();
            HttpWire.Response again = client.send("hi").read();
            HttpWire.Response part = client.send(request("GET", "/down") + "Range: bytes=0-9\n\n")
                    .read();
            HttpWire.Response wrong = client.send(request("GET", "/down").replace("secret", "wrong") + "\n")
                    .read();
            HttpWire.Response removed =
                    client.send(request("DELETE", "/up") + "\n").read();
            HttpWire.Response last = client.send(request("GET", "/down") + "Connection: close\n\n")
                    .read();

            assertThat(file.status()).isEqualTo(200);
            assertThat(file.body()).isEqualTo(content);
            assertThat(file.closes()).isFalse();
            assertThat(head).contains("200 OK").containsIgnoringCase("content-length: 200000");
            assertThat(missing.status()).isEqualTo(404);
            assertThat(list.text()).contains("<a href=\"down\">");
            assertThat(stored.status()).isEqualTo(201);
            assertThat(continued.status()).isEqualTo(100);
            assertThat(again.status()).isEqualTo(204);
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).hasSize(10);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(removed.status()).isEqualTo(204);
            assertThat(last.closes()).isTrue();
            assertThat(last.body()).isEqualTo(content);
            assertThat(client.rest()).isEmpty();
        }
        gateway.awaitNoSession();
        assertThat(gateway.refusals()).isEmpty();
    }

    /** More than one read brings, and a body that is followed by a request. */
    @Test
    void servesPipelinedRequestsInTheirOrder() throws Exception {
        restart(Limits.builder().sessionsPerAddress(1).newSessionsPerSecond(1000));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            all.append(request("PUT", "/up" + i))
                    .append("Content-Length: 2\n\n")
                    .append(10 + i);
            all.append(request("GET", "/up" + i))
                    .append("X: ")
                    .append("y".repeat(300))
                    .append("\n\n");
        }
        try (HttpWire client = connect()) {
            client.send(all.toString());

            for (int i = 0; i < 12; i++) {
                assertThat(client.read().status()).isEqualTo(201);
                assertThat(client.read().text()).isEqualTo(String.valueOf(10 + i));
            }
        }
        gateway.awaitNoSession();
    }

    @Test
    void connectsToAServerBehindARequest() throws Exception {
        try (HttpWire client = connect()) {
            client.send(request("GET", "/down") + "\n").read();
            client.send("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\nHost: x\n\nUSER tester\n");

            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            client.send("QUIT\n");
            assertThat(new String(client.rest(), ISO_8859_1)).startsWith("220").contains("331 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1|Connection: close",
                "HTTP/1.1|Proxy-Connection: close",
                "HTTP/1.0|",
                "HTTP/1.0|Connection: keep-alive"
            })
    void closesBehindTheResponse(String versionAndHeader) throws Exception {
        String version = versionAndHeader.split("\\|", 2)[0];
        String header = versionAndHeader.split("\\|", 2)[1];
        for (String path : new String[] {"/down", "/none", "/"}) {
            try (HttpWire client = connect()) {
                client.send(request("GET", path).replace("HTTP/1.1", version) + header + "\n"
                        + (header.isEmpty() ? "" : "\n"));

                String head = client.head();
                assertThat(head).containsIgnoringCase("connection: close");
                assertThat(client.rest()).isNotEmpty();
                if (version.equals("HTTP/1.0")) {
                    assertThat(head).doesNotContainIgnoringCase("chunked");
                }
            }
        }
    }

    /** The client may have sent the body all the same, or not: nobody knows what follows. */
    @Test
    void closesBehindABodyThatWasNotRead() throws Exception {
        try (HttpWire client = connect()) {
            client.send(
                    request("PUT", "/up").replace("secret", "wrong") + "Content-Length: 5\nExpect: 100-continue\n\n");

            HttpWire.Response refused = client.read();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.closes()).isTrue();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void closesBehindTheLastRequest() throws Exception {
        restart(Limits.builder().set(Limit.Count.REQUESTS_PER_CONNECTION, 2));
        try (HttpWire client = connect()) {
            assertThat(client.send(request("GET", "/down") + "\n").read().closes())
                    .isFalse();
            assertThat(client.send(request("GET", "/down") + "\n").read().closes())
                    .isTrue();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void closesAConnectionWithoutANextRequest() throws Exception {
        restart(Limits.builder().set(Limit.Time.NEXT_REQUEST_TIMEOUT, Duration.ofMillis(300)));
        try (HttpWire client = connect()) {
            client.send(request("GET", "/down") + "\n").read();

            assertThat(client.rest()).isEmpty();
        }
        assertThat(gateway.refusals()).isEmpty();
    }

    @Test
    void refusesARequestThatIsNotFinishedInTime() throws Exception {
        restart(Limits.builder().set(Limit.Time.NEXT_REQUEST_TIMEOUT, Duration.ofSeconds(2)));
        try (HttpWire client = connect()) {
            client.send(request("GET", "/down") + "\n").read();
            client.send("GET ftp://127.0.0.1/x HTTP/1.1\nA: ");

            assertThat(new String(client.rest(), ISO_8859_1)).startsWith("HTTP/1.1 503 ");
        }
        gateway.assertRefused(CloseCause.REQUEST_TIMEOUT);
    }

    @Test
    void refusesAMalformedNextRequest() throws Exception {
        try (HttpWire client = connect()) {
            client.send(request("GET", "/down") + "\n").read();
            client.send("GET ftp://127.0.0.1/%00 HTTP/1.1\nAccept: text/plain\n\n" + request("DELETE", "/down") + "\n");

            HttpWire.Response refused = client.read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.head()).containsIgnoringCase("content-type: text/plain");
            assertThat(client.rest()).isEmpty();
        }
        gateway.assertRefused(CloseCause.BAD_REQUEST);
        assertThat(folder.resolve("down")).exists();
    }

    /** A connection that waits for nothing holds up no stop. */
    @Test
    void closesIdleConnectionsWhenTheGatewayStops() throws Exception {
        try (HttpWire client = connect()) {
            client.send(request("GET", "/down") + "\n").read();
            gateway.awaitNoSession();

            gateway.gateway().stop(Duration.ofHours(1)).toCompletableFuture().get(20, TimeUnit.SECONDS);

            assertThat(client.rest()).isEmpty();
        }
        assertThat(gateway.refusals()).isEmpty();
    }
}
