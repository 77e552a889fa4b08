package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A SOCKS, HTTP or FTP proxy that is a program of its own. The test that started it owns it. */
final class OtherProxy implements AutoCloseable {
    static final InetAddress HOST = IpLiteral.parse("127.0.0.4").orElseThrow();
    private static final Duration START = Duration.ofSeconds(30);

    private final InetSocketAddress address;
    private final Path folder;
    private final Program program;

    private OtherProxy(InetSocketAddress address, Path folder, List<String> command) {
        this.address = address;
        this.folder = folder;
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        this.program = Program.start(folder, command, Map.of("LD_LIBRARY_PATH", libraries), "");
        try {
            await(command.get(0))
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(50))
                    .until(this::accepts);
        } catch (RuntimeException e) {
            String log = log();
            close();
            throw new AssertionError(command + " does not start:\n" + log, e);
        }
    }

    /** Starts microsocks: SOCKS5, for user joe with password secret. */
    static OtherProxy microsocks() {
        Path program = Peers.require("microsocks");
        InetSocketAddress address = NativeServer.freePort(HOST);
        return new OtherProxy(
                address,
                Workspace.create("microsocks"),
                List.of(
                        program.toString(),
                        "-i",
                        IpLiteral.format(HOST),
                        "-p",
                        String.valueOf(address.getPort()),
                        "-u",
                        "joe",
                        "-P",
                        "secret"));
    }

    /** Starts Dante: SOCKS 4 and 5, for everybody, which connects, and accepts connections; at an address of an interface only. */
    static OtherProxy dante() {
        Path program = Peers.require("danted");
        Peers.requireRoot();
        InetSocketAddress address = NativeServer.freePort(Loopback.CLIENT);
        Path folder = Workspace.create("dante");
        Path config = write(folder, """
                logoutput: stderr
                internal: %s port = %d
                external: 127.0.0.1
                clientmethod: none
                socksmethod: none
                user.privileged: root
                user.unprivileged: nobody
                client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
                socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 command: connect bind bindreply }
                socks pass { from: 0.0.0.0/0 to: 127.0.0.0/8 command: bindreply }
                """.formatted(IpLiteral.format(Loopback.CLIENT), address.getPort()));
        return new OtherProxy(
                address,
                folder,
                List.of(
                        program.toString(),
                        "-f",
                        config.toString(),
                        "-p",
                        folder.resolve("pid").toString()));
    }

    /** Starts tinyproxy: CONNECT to every port, for user joe with password secret. */
    static OtherProxy tinyproxy() {
        Path program = Peers.require("tinyproxy");
        InetSocketAddress address = NativeServer.freePort(HOST);
        Path folder = Workspace.create("tinyproxy");
        Path config = write(folder, """
                Port %d
                Listen %s
                Timeout 60
                MaxClients 100
                Allow 127.0.0.0/8
                BasicAuth joe secret
                """.formatted(address.getPort(), IpLiteral.format(HOST)));
        return new OtherProxy(address, folder, List.of(program.toString(), "-d", "-c", config.toString()));
    }

    /** Starts the FTP proxy of SUSE's proxy suite: to the server that USER names, for everybody. */
    static OtherProxy suse() {
        Path program = Peers.require("ftp-proxy");
        InetSocketAddress address = NativeServer.freePort(HOST);
        Path folder = Workspace.create("ftp-proxy");
        Path config = write(folder, """
                [-Global-]
                DestinationAddress 127.0.0.9
                AllowMagicUser yes
                Listen %s
                Port %d
                ServerType standalone
                ForkLimit 10000
                LogDestination %s
                """.formatted(IpLiteral.format(HOST), address.getPort(), folder.resolve("log")));
        return new OtherProxy(address, folder, List.of(program.toString(), "-d", "-n", "-f", config.toString()));
    }

    private static Path write(Path folder, String config) {
        try {
            return Files.writeString(folder.resolve("proxy.conf"), config, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
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

    /** Returns it as a URL has it. */
    String authority() {
        return IpLiteral.format(address);
    }

    String log() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
        Workspace.delete(folder);
    }
}
