package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Starts clamd with one signature, that of EICAR's test string, on a free port and a Unix domain socket. */
final class Clamd implements AutoCloseable {
    /** The test string, in two parts: a scanner must not find it in this file. */
    static final byte[] EICAR =
            ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").getBytes(US_ASCII);

    private final InetSocketAddress address;
    private final Path socket;
    private final Program program;

    private Clamd(InetSocketAddress address, Path socket, Program program) {
        this.address = address;
        this.socket = socket;
        this.program = program;
    }

    static Clamd start() {
        Path binary = Peers.require("clamd");
        Peers.requireRoot();
        Path folder = Workspace.create("clamd");
        InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
        Path socket = folder.resolve("clamd.sock");
        try {
            Path signatures = Files.createDirectories(folder.resolve("signatures"));
            Files.writeString(
                    signatures.resolve("eicar.ndb"),
                    "Eicar-Test:0:*:" + HexFormat.of().formatHex(EICAR) + "\n");
            Files.writeString(folder.resolve("clamd.conf"), """
                    Foreground yes
                    User root
                    DatabaseDirectory %s
                    LocalSocket %s
                    TCPSocket %d
                    TCPAddr %s
                    StreamMaxLength 200M
                    MaxScanSize 200M
                    MaxFileSize 200M
                    """.formatted(
                    signatures, socket, address.getPort(), address.getAddress().getHostAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        Program program = Program.start(
                folder,
                List.of(binary.toString(), "--config-file=" + folder.resolve("clamd.conf")),
                Map.of("LD_LIBRARY_PATH", libraries),
                "");
        await("clamd")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    try (Socket connection = new Socket()) {
                        connection.connect(address, 1000);
                        return true;
                    } catch (IOException e) {
                        if (!program.alive()) {
                            throw new IllegalStateException(program.output());
                        }
                        return false;
                    }
                });
        return new Clamd(address, socket, program);
    }

    /** Returns its port, as the config file has it. */
    String tcp() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    Path socket() {
        return socket;
    }

    /** Stops it: it accepts connections and replies to none. */
    void suspend() {
        program.signal("STOP");
    }

    void resume() {
        program.signal("CONT");
    }

    /** Ends it without warning. */
    void kill() {
        program.kill();
    }

    @Override
    public void close() {
        if (program.alive()) {
            kill();
        }
        program.close();
    }
}
