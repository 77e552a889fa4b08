package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server that is a program of its own, in a folder of its own: {@code root} is what clients see, {@code server.log} is
 * where it may log.
 */
final class NativeServer implements TestServer {
    private static final Duration START = Duration.ofSeconds(20);

    private final InetSocketAddress address;
    private final Path folder;
    private final Program program;
    private final String user;

    private NativeServer(InetSocketAddress address, Path folder, Program program, String user) {
        this.address = address;
        this.folder = folder;
        this.program = program;
        this.user = user;
    }

    /** Starts the server and waits for its greeting; one with TLS from the first byte greets nobody else: it accepts. */
    static NativeServer start(
            InetSocketAddress address, Path folder, List<String> command, String user, boolean implicitTls) {
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        Program program = Program.start(folder, command, Map.of("LD_LIBRARY_PATH", libraries), "");
        NativeServer server = new NativeServer(address, folder, program, user);
        try {
            await(command.get(0))
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> server.accepts(implicitTls));
        } catch (RuntimeException e) {
            String log = server.log();
            server.close();
            throw new AssertionError(program + " does not start:\n" + log, e);
        }
        return server;
    }

    /** Returns a port that is free on this address. */
    static InetSocketAddress freePort(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return new InetSocketAddress(address, socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts(boolean withoutGreeting) {
        if (!program.alive()) {
            throw new IllegalStateException("it ended");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            if (withoutGreeting) {
                return true;
            }
            socket.setSoTimeout(5000);
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String greeting = reader.readLine();
            return greeting != null && greeting.startsWith("220");
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it and its sessions as a crash does. */
    void kill() {
        program.kill();
    }

    /** Has it read its files again. */
    void hangUp() {
        program.signal("HUP");
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Path files() {
        return folder.resolve("root" + DIRECTORY);
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String password() {
        return "secret";
    }

    @Override
    public String log() {
        Path log = folder.resolve("server.log");
        try {
            return program.output() + (Files.exists(log) ? Files.readString(log, ISO_8859_1) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
        Workspace.delete(folder);
    }

    @Override
    public String toString() {
        return program + " at " + address;
    }
}
