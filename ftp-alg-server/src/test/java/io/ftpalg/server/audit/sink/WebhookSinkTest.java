package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ftpalg.protocol.Secret;
import io.ftpalg.server.audit.record.TestRecords;
import io.ftpalg.server.audit.sink.SinkSettings.WebhookSettings;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookSinkTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status = 204;
    private volatile boolean hangs;
    private volatile boolean floods;
    private final HttpServer server = start();

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "webhook");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/audit", this::respond);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
        signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Ftp-Alg-Signature")));
        if (hangs) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(status, floods ? 0 : -1);
        try (OutputStream out = exchange.getResponseBody()) {
            while (floods && ended.getCount() > 0) {
                out.write(new byte[8192]);
            }
        }
    }

    private WebhookSink sink(Optional<Secret> secret) {
        return new WebhookSink(
                new WebhookSettings(
                        "webhook",
                        false,
                        TestSinks.BOUNDS,
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/audit"),
                        secret,
                        Optional.empty()),
                Duration.ofSeconds(1),
                NOW);
    }

    @Test
    void postsABatchAsAnArray() throws IOException {
        try (WebhookSink sink = sink(Optional.empty())) {
            sink.write(TestRecords.transfer(1, "a"));
            sink.write(TestRecords.transfer(2, "b"));
            sink.flush();
            sink.flush();
        }

        assertThat(bodies).hasSize(1);
        assertThat((List<?>) JsonReader.read(bodies.get(0))).hasSize(2);
        assertThat(keys).containsExactly(TestRecords.ORIGIN.run() + "-1-2");
        assertThat(signatures).containsExactly("null");
    }

    @Test
    void signsTimeAndBody() throws IOException {
        Secret secret = Secret.of("a secret");
        try (WebhookSink sink = sink(Optional.of(secret))) {
            sink.write(TestRecords.transfer(1, "a"));
            sink.flush();
        }

        assertThat(signatures)
                .containsExactly(
                        WebhookSignature.of(secret, NOW.instant(), bodies.get(0).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsTheSameBatchAgainAfterAFailure() throws IOException {
        try (WebhookSink sink = sink(Optional.empty())) {
            status = 503;
            sink.write(TestRecords.transfer(1, "a"));
            assertThatThrownBy(sink::flush).isInstanceOf(IOException.class).hasMessage("HTTP status 503");
            status = 200;
            sink.flush();
        }

        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
    }

    @Test
    void doesNotFollowARedirect() {
        status = 302;
        try (WebhookSink sink = sink(Optional.empty())) {
            sink.write(TestRecords.transfer(1, "a"));
            assertThatThrownBy(sink::flush).hasMessage("HTTP status 302");
        }
    }

    @Test
    void endsAResponseThatDoesNotCome() {
        hangs = true;
        try (WebhookSink sink = sink(Optional.empty())) {
            sink.write(TestRecords.transfer(1, "a"));
            assertThatThrownBy(sink::flush).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAResponseThatDoesNotEnd() {
        status = 200;
        floods = true;
        try (WebhookSink sink = sink(Optional.empty())) {
            sink.write(TestRecords.transfer(1, "a"));
            assertThatThrownBy(sink::flush).isInstanceOf(IOException.class).hasMessage("no complete response in 1 s");
        }
    }

    @Test
    void failsWhereThereIsNoServer() {
        server.stop(0);
        try (WebhookSink sink = sink(Optional.empty())) {
            sink.write(TestRecords.transfer(1, "a"));
            assertThatThrownBy(sink::flush).isInstanceOf(IOException.class);
        }
    }
}
