package io.ftpalg.server.inspect.tee;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of an object store as copies need; objects by their path. Does not look at signatures. */
final class FakeS3 implements AutoCloseable {
    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> expectations = new CopyOnWriteArrayList<>();
    /** So many requests fail first. */
    final AtomicInteger failures = new AtomicInteger();

    volatile int failure = 503;

    private final Map<Integer, byte[]> parts = new TreeMap<>();
    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        expectations.addAll(exchange.getRequestHeaders().getOrDefault("Expect", List.of()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(exchange.getRequestMethod() + " " + query.replaceAll("[&=].*", ""));
        if (failures.getAndDecrement() > 0) {
            reply(exchange, failure, "<Error><Code>Broken</Code><Message>out of order</Message></Error>");
        } else if (exchange.getRequestMethod().equals("PUT") && query.contains("partNumber")) {
            parts.put(Integer.parseInt(query.replaceAll(".*partNumber=([0-9]+).*", "$1")), body);
            reply(exchange, 200, "");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(path, body);
            reply(exchange, 200, "");
        } else if (query.startsWith("uploads")) {
            reply(
                    exchange,
                    200,
                    "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
        } else if (exchange.getRequestMethod().equals("POST")) {
            objects.put(path, joined());
            reply(exchange, 200, "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>");
        } else {
            objects.remove(path);
            reply(exchange, 204, "");
        }
    }

    private byte[] joined() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        new ArrayList<>(parts.values()).forEach(part -> {
            try {
                all.write(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return all.toByteArray();
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("ETag", "\"e\"");
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
