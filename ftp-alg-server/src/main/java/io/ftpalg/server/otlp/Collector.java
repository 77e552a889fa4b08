package io.ftpalg.server.otlp;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.otlp.Outcome.Accepted;
import io.ftpalg.server.otlp.Outcome.Refused;
import io.ftpalg.server.otlp.Outcome.Retryable;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The collector, to which requests are posted; blocks its callers, each thread for itself, for at most the timeout. */
final class Collector {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** What a collector asks for beyond that is cut. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final HttpClient http;
    private final URI endpoint;
    private final Duration timeout;
    private volatile Supplier<Map<String, Secret>> headers;

    Collector(URI endpoint, Optional<SSLContext> tls, Map<String, Secret> headers) {
        this(endpoint, tls, headers, TIMEOUT);
    }

    Collector(URI endpoint, Optional<SSLContext> tls, Map<String, Secret> headers, Duration timeout) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.endpoint = endpoint;
        this.headers = () -> headers;
        this.timeout = timeout;
    }

    /** Takes the headers of each request from here. */
    void headersFrom(Supplier<Map<String, Secret>> source) {
        headers = source;
    }

    /** Posts a message to a path below the endpoint. */
    Outcome post(String path, byte[] message) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(timeout)
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
        headers.get().forEach((name, value) -> request.header(name, value.reveal()));
        CompletableFuture<HttpResponse<Void>> response =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            // The timeout of the request ends with the head of the response, this one with its body.
            return outcome(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            return new Retryable("no response in " + timeout.toSeconds() + " s", Optional.empty());
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return new Retryable(reason(e), Optional.empty());
        }
    }

    private static Outcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        String reason = "status " + status;
        return switch (status) {
            case 429, 502, 503, 504 ->
                new Retryable(
                        reason, response.headers().firstValue("Retry-After").flatMap(Collector::seconds));
            default -> status / 100 == 2 ? new Accepted() : new Refused(reason);
        };
    }

    /** Returns the wait of a header in seconds; the form with a date is not used. */
    private static Optional<Duration> seconds(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    }

    /** The failure is in the cause, and the JDK's failures to connect often have no message, or that of their own cause. */
    private static String reason(ExecutionException e) {
        String name = "connection lost";
        for (Throwable one = e.getCause(); one != null; one = one.getCause()) {
            if (one.getMessage() != null) {
                return one.getMessage();
            }
            name = one instanceof ConnectException ? "cannot connect" : name;
        }
        return name;
    }
}
