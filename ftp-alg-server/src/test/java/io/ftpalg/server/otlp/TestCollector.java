package io.ftpalg.server.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A collector that keeps what it gets, and responds as its test wants. */
final class TestCollector implements AutoCloseable {
    final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Response> responses = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile boolean hanging;

    /** A request. */
    record Received(String path, String type, String authorization, ByteString body) {
        List<Span> spans() {
            try {
                return ExportTraceServiceRequest.parseFrom(body)
                        .getResourceSpans(0)
                        .getScopeSpans(0)
                        .getSpansList();
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        ExportMetricsServiceRequest metrics() {
            try {
                return ExportMetricsServiceRequest.parseFrom(body);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Response(int status, String retryAfter) {}

    TestCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::respond);
        server.start();
    }

    /** Lets the next request that has no response yet get this one. */
    void respondNext(int status, String retryAfter) {
        synchronized (responses) {
            responses.add(new Response(status, retryAfter));
        }
    }

    /** Lets requests wait for a response until the end. */
    void hang() {
        hanging = true;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the spans of all requests. */
    List<Span> spans() {
        return received.stream()
                .filter(one -> one.path().equals("/v1/traces"))
                .flatMap(one -> one.spans().stream())
                .toList();
    }

    private void respond(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                ByteString.copyFrom(body)));
        if (hanging) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Response response;
        synchronized (responses) {
            response = responses.poll();
        }
        if (response != null && !response.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", response.retryAfter());
        }
        exchange.sendResponseHeaders(response == null ? 200 : response.status(), -1);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
