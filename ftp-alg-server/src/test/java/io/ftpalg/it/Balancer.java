package io.ftpalg.it;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** HAProxy or nginx in front of gateways, as a program of its own. The test that started it owns it. */
final class Balancer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Path folder;
    private final Program program;

    private Balancer(Path folder, Program program) {
        this.folder = folder;
        this.program = program;
    }

    /** Starts HAProxy with these sections; it connects from this address. */
    static Balancer haproxy(String sections, String source, InetSocketAddress ready) {
        Path program = Peers.require("haproxy");
        Path folder = Workspace.create("haproxy");
        String config = """
                global
                    maxconn 2000
                defaults
                    mode tcp
                    source %s
                    timeout connect 10s
                    timeout client 120s
                    timeout server 120s
                """.formatted(source) + sections;
        Path file = write(folder, config);
        return start(folder, List.of(program.toString(), "-db", "-f", file.toString()), ready);
    }

    /** Starts nginx with these servers in its stream section; it connects from this address. */
    static Balancer nginx(String servers, String source, InetSocketAddress ready) {
        Path program = Peers.require("nginx");
        Path stream = Peers.requireModule("usr/lib/nginx/modules/ngx_stream_module.so");
        Path folder = Workspace.create("nginx");
        String config = """
                load_module %s;
                user root;
                daemon off;
                worker_processes 1;
                pid %2$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 1000; }
                stream {
                    proxy_bind %3$s;
                    %4$s
                }
                """.formatted(stream, folder, source, servers);
        Path file = write(folder, config);
        return start(
                folder,
                List.of(program.toString(), "-p", folder.toString(), "-e", "stderr", "-c", file.toString()),
                ready);
    }

    private static Path write(Path folder, String config) {
        try {
            return Files.writeString(folder.resolve("balancer.conf"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Balancer start(Path folder, List<String> command, InetSocketAddress ready) {
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        Balancer balancer =
                new Balancer(folder, Program.start(folder, command, Map.of("LD_LIBRARY_PATH", libraries), ""));
        try {
            await(command.get(0))
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> balancer.accepts(ready));
        } catch (RuntimeException e) {
            String log = balancer.program.output();
            balancer.close();
            throw new AssertionError(command.get(0) + " does not start:\n" + log, e);
        }
        return balancer;
    }

    private boolean accepts(InetSocketAddress address) {
        if (!program.alive()) {
            throw new IllegalStateException("it ended");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what it has logged. */
    String log() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
        Workspace.delete(folder);
    }
}
