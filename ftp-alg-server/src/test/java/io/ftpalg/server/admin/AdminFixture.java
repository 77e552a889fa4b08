package io.ftpalg.server.admin;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.settings.AdminSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An admin server with a few routes, and a client that sends what it is given. */
final class AdminFixture implements AutoCloseable {
    static final Secret TOKEN = Secret.of("0123456789abcdef");

    final AdminServer server;

    AdminFixture(AdminRoutes routes) {
        server = new AdminServer(routes);
    }

    /** Returns routes that show what they are given. */
    static AdminRoutes.Builder routes() {
        return AdminRoutes.builder()
                .addOpen("/health", request -> text("ok"))
                .add(AdminMethod.GET, "/", request -> text("page"))
                .add(
                        AdminMethod.GET,
                        "/things/{name}",
                        request -> text(request.variable("name") + " "
                                + request.parameter("q").orElse("-") + " "
                                + request.caller().proof()))
                .add(AdminMethod.POST, "/things/{name}", request -> text("did " + request.body()))
                .add(AdminMethod.GET, "/fails", request -> CompletableFuture.failedStage(new IOException("inside")))
                .add(AdminMethod.GET, "/throws", request -> {
                    throw new IllegalStateException("inside");
                });
    }

    static CompletableFuture<AdminResponse> text(String text) {
        return CompletableFuture.completedFuture(AdminResponse.of(200, AdminResponse.TEXT, text));
    }

    static AdminSettings tcp(Optional<Secret> token, String... hosts) {
        return new AdminSettings(
                Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                Optional.empty(),
                false,
                token,
                List.of(hosts),
                Optional.empty());
    }

    static AdminSettings socket(Path path, boolean group) {
        return new AdminSettings(
                Optional.empty(), Optional.of(path), group, Optional.empty(), List.of(), Optional.empty());
    }

    void open(AdminSettings settings) throws AdminException, InterruptedException {
        server.prepare(Optional.of(settings)).commit();
    }

    SocketAddress address() {
        return server.addresses().get(0);
    }

    /** Sends a request with Host and these headers, and returns all of the response. */
    String ask(String line, String... headers) throws IOException {
        return send(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }

    /** Sends bytes, and returns all that comes until the server closes. */
    String send(String bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address())) {
            channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return rest(channel);
        }
    }

    static String rest(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
