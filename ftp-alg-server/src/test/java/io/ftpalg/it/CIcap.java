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

/** Starts c-icap with two services: {@code echo}, and {@code avscan}, which asks clamd. It can be killed, and started again at its port. */
final class CIcap implements AutoCloseable {
    private final InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
    private final Path folder = Workspace.create("c-icap");
    private final Path binary = Peers.require("c-icap");
    private Program program;

    private CIcap(Clamd clamd) {
        Path magic = Peers.requireModule("etc/c-icap/c-icap.magic");
        Path templates = Peers.requireModule("usr/share/c_icap/templates");
        Path modules = modules();
        try {
            Files.writeString(folder.resolve("c-icap.conf"), """
                    PidFile %1$s/pid
                    CommandsSocket %1$s/control
                    KeepAliveTimeout 60
                    StartServers 1
                    MaxServers 1
                    ThreadsPerChild 20
                    MinSpareThreads 1
                    MaxSpareThreads 20
                    Port %2$s
                    TmpDir %1$s
                    DebugLevel 1
                    ModulesDir %3$s
                    ServicesDir %3$s
                    TemplateDir %4$s/
                    LoadMagicFile %5$s
                    ServerLog %1$s/server.log
                    AccessLog %1$s/access.log
                    Module common clamd_mod.so
                    clamd_mod.ClamdSocket %6$s
                    Service echo srv_echo.so
                    Service antivirus virus_scan.so
                    ServiceAlias avscan virus_scan?allow204=on&sizelimit=off&mode=simple
                    virus_scan.DefaultEngine clamd
                    virus_scan.ScanFileTypes TEXT DATA EXECUTABLE ARCHIVE GIF JPEG MSOFFICE UNKNOWN
                    virus_scan.SendPercentData 5
                    virus_scan.StartSendPercentDataAfter 200M
                    virus_scan.MaxObjectSize 200M
                    """.formatted(
                            folder, authority(), modules, templates, magic, clamd.socket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program = run();
    }

    static CIcap start(Clamd clamd) {
        return new CIcap(clamd);
    }

    private static Path modules() {
        return Peers.libraries().stream()
                .map(libraries -> libraries.resolve("c_icap"))
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> Peers.requireModule("usr/lib/c_icap"));
    }

    private Program run() {
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        Program started = Program.start(
                folder,
                List.of(
                        binary.toString(),
                        "-N",
                        "-D",
                        "-f",
                        folder.resolve("c-icap.conf").toString()),
                Map.of("LD_LIBRARY_PATH", libraries),
                "");
        await("c-icap")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    try (Socket connection = new Socket()) {
                        connection.connect(address, 1000);
                        return true;
                    } catch (IOException e) {
                        if (!started.alive()) {
                            throw new IllegalStateException(started.output());
                        }
                        return false;
                    }
                });
        return started;
    }

    /** Returns the URL of one of its services. */
    String url(String service) {
        return "icap://" + authority() + '/' + service;
    }

    private String authority() {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    /** Ends it without warning. */
    void kill() {
        program.kill();
        program.close();
    }

    /** Starts it again, at the same port. */
    void startAgain() {
        program = run();
    }

    @Override
    public void close() {
        kill();
    }
}
