package io.ftpalg.server.metrics;

import io.ftpalg.server.settings.AdminSettings;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a gateway that runs for {@code /ready} or {@code /health}, at the socket of its settings, else at the address. Blocks. */
public final class HealthCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST_RESPONSE = 64 * 1024;

    private HealthCheck() {}

    /**
     * What came of it.
     *
     * @param healthy whether the response was 200
     * @param text the response, or why there is none, in one line
     */
    public record Result(boolean healthy, String text) {}

    /** Asks, and waits for at most five seconds. */
    public static Result ask(AdminSettings settings, String path) throws InterruptedException {
        if (settings.socket().isEmpty() && settings.tls().isPresent()) {
            return new Result(false, "admin.tls is not used by this check: give admin.socket too");
        }
        SocketAddress address = address(settings);
        // A thread of its own: what connects, or reads, to a process that hangs would wait for ever.
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread asking = new Thread(() -> result.complete(exchange(address, path)), "health");
        asking.setDaemon(true);
        asking.start();
        try {
            return result.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Result(false, name(address) + ": no response in " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static SocketAddress address(AdminSettings settings) {
        if (settings.socket().isPresent()) {
            Path path = settings.socket().get();
            return UnixDomainSocketAddress.of(path);
        }
        InetSocketAddress bound = settings.bind().orElseThrow();
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }

    private static Result exchange(SocketAddress address, String path) {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            return result(response(channel));
        } catch (IOException e) {
            return new Result(false, name(address) + ": " + e.getMessage());
        }
    }

    private static String response(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) >= 0 && all.size() < LONGEST_RESPONSE) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Result result(String response) {
        int end = response.indexOf("\r\n\r\n");
        if (!response.startsWith("HTTP/1.1 ") || end < 0) {
            return new Result(false, "the response is no HTTP: is this the admin server?");
        }
        return new Result(
                response.startsWith("HTTP/1.1 200 "), response.substring(end).strip());
    }

    private static String name(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? NetUtil.toSocketAddressString(inet) : address.toString();
    }
}
