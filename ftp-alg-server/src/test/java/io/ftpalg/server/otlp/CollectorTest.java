package io.ftpalg.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.otlp.Outcome.Accepted;
import io.ftpalg.server.otlp.Outcome.Refused;
import io.ftpalg.server.otlp.Outcome.Retryable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CollectorTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    private TestCollector server = start();

    private static TestCollector start() {
        try {
            return new TestCollector();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void begin() {
        assertThat(server.received).isEmpty();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Collector collector(URI endpoint, Duration timeout) {
        return new Collector(endpoint, Optional.empty(), Map.of("Authorization", Secret.of("Bearer a")), timeout);
    }

    private Collector collector() {
        return collector(server.endpoint(), Duration.ofSeconds(20));
    }

    @Test
    void postsTheMessageWithItsTypeAndTheHeaders() throws Exception {
        assertThat(collector().post("/v1/traces", MESSAGE)).isEqualTo(new Accepted());

        TestCollector.Received one = server.received.get(0);
        assertThat(one.body().toByteArray()).isEqualTo(MESSAGE);
        assertThat(one)
                .returns("/v1/traces", TestCollector.Received::path)
                .returns("application/x-protobuf", TestCollector.Received::type)
                .returns("Bearer a", TestCollector.Received::authorization);
    }

    @Test
    void appendsToThePathOfTheEndpoint() throws Exception {
        collector(URI.create(server.endpoint() + "/otlp"), Duration.ofSeconds(20))
                .post("/v1/traces", MESSAGE);

        assertThat(server.received.get(0).path()).isEqualTo("/otlp/v1/traces");
    }

    @Test
    void usesTheHeadersOfNow() throws Exception {
        Collector collector = collector();
        collector.headersFrom(() -> Map.of("Authorization", Secret.of("Bearer b")));

        collector.post("/v1/traces", MESSAGE);

        assertThat(server.received.get(0).authorization()).isEqualTo("Bearer b");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void mayRetryWhatIsBusy(int status) throws Exception {
        server.respondNext(status, "");

        assertThat(collector().post("/v1/traces", MESSAGE))
                .isEqualTo(new Retryable("status " + status, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 500})
    void doesNotRetryWhatIsRefused(int status) throws Exception {
        server.respondNext(status, "");

        assertThat(collector().post("/v1/traces", MESSAGE)).isEqualTo(new Refused("status " + status));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "59, 59", "60, 60", "61, 60", "999999999, 60"})
    void waitsAsAskedButNoLongerThanAMinute(String header, long seconds) throws Exception {
        server.respondNext(503, header);

        assertThat(collector().post("/v1/traces", MESSAGE))
                .isEqualTo(new Retryable("status 503", Optional.of(Duration.ofSeconds(seconds))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1234567890", "Fri, 31 Dec 1999 23:59:59 GMT", "a"})
    void anotherWaitIsNotUsed(String header) throws Exception {
        server.respondNext(429, header);

        assertThat(collector().post("/v1/traces", MESSAGE)).isEqualTo(new Retryable("status 429", Optional.empty()));
    }

    @Test
    void givesUpACollectorThatHangs() throws Exception {
        server.hang();

        assertThat(collector(server.endpoint(), Duration.ofMillis(100)).post("/v1/traces", MESSAGE))
                .isInstanceOf(Retryable.class);
    }

    /** The head of the response comes, and its body never ends. */
    @Test
    void givesUpAResponseThatDoesNotEnd() throws Exception {
        try (ServerSocket endless = new ServerSocket(0)) {
            Thread thread = new Thread(() -> {
                try {
                    endless.accept()
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            thread.start();

            assertThat(collector(URI.create("http://127.0.0.1:" + endless.getLocalPort()), Duration.ofMillis(500))
                            .post("/v1/traces", MESSAGE))
                    .isEqualTo(new Retryable("no response in 0 s", Optional.empty()));
            thread.join();
        }
    }

    @Test
    void mayRetryWhereNobodyListens() throws Exception {
        server.close();

        assertThat(collector().post("/v1/traces", MESSAGE))
                .isEqualTo(new Retryable("cannot connect", Optional.empty()));
    }
}
