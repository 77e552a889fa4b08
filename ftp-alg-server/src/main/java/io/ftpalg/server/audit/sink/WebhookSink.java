package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.record.JsonLine;
import io.ftpalg.server.audit.sink.SinkSettings.WebhookSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends records by HTTP POST, a batch at a time as a JSON array. A response that is not 2xx, or not complete in time, is a failure: the same
 * batch is sent again, with the same Idempotency-Key. Redirects are not followed, and the body of a response is discarded. Used by one
 * thread; closed on any.
 */
final class WebhookSink implements Sink {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final WebhookSettings settings;
    private final Duration longest;
    private final Clock clock;
    private final List<AuditRecord> batch = new ArrayList<>();
    private @Nullable HttpClient client;
    private volatile CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    WebhookSink(WebhookSettings settings, Duration longest, Clock clock) {
        this.settings = settings;
        this.longest = longest;
        this.clock = clock;
    }

    @Override
    public void write(AuditRecord record) {
        batch.add(record);
    }

    @Override
    public void flush() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        byte[] body = batch.stream()
                .map(JsonLine::of)
                .collect(Collectors.joining(",\n", "[", "]\n"))
                .getBytes(StandardCharsets.UTF_8);
        int status = post(request(body));
        if (status / 100 != 2) {
            throw new IOException("HTTP status " + status);
        }
        batch.clear();
    }

    private HttpRequest request(byte[] body) {
        AuditRecord first = batch.get(0);
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(longest)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ftp-alg")
                .header("Idempotency-Key", first.origin().run() + "-" + first.seq() + "-" + batch.size())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.secret()
                .ifPresent(secret ->
                        request.header(WebhookSignature.HEADER, WebhookSignature.of(secret, clock.instant(), body)));
        return request.build();
    }

    private int post(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<Void>> response =
                client().sendAsync(request, HttpResponse.BodyHandlers.discarding());
        running = response;
        try {
            return response.get(longest.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no complete response in " + longest.toSeconds() + " s", e);
        } catch (CancellationException e) {
            throw new IOException("closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // An endless response would be read for ever.
            response.cancel(true);
        }
    }

    private HttpClient client() throws IOException {
        HttpClient there = client;
        if (there == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT);
            there = "https".equals(settings.url().getScheme())
                    ? builder.sslContext(TrustFile.context(settings.ca())).build()
                    : builder.build();
            client = there;
        }
        return there;
    }

    /** The CA file may have changed. */
    @Override
    public void reopen() {
        client = null;
    }

    @Override
    public void close() {
        running.cancel(true);
    }
}
