package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.protocol.PortRange;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many curls at once, and one passive port for all of their data. */
class SharedPassivePortIT {
    private static final int CLIENTS = 12;

    @RegisterExtension
    static final World WORLD = new World();

    @TempDir
    private Path folder;

    /** Clients of one address take turns. */
    @ParameterizedTest(name = "{0}, relay {1}")
    @CsvSource({"addresses of their own, AUTO", "addresses of their own, BUFFER", "one address, AUTO"})
    void servesAllClients(String from, RelayType relay) throws Exception {
        Path curl = Peers.require("curl");
        SocketSettings sockets = SocketSettings.DEFAULT.withPassivePorts(freePort());
        try (Gateway gateway =
                WORLD.ownGateway(ServerKind.VSFTPD, ServerDataMode.CLIENT, builder -> builder.relay(relay)
                        .sockets(sockets))) {
            String name = UUID.randomUUID().toString();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                String address = from.equals("one address") ? "127.0.0.60" : "127.0.0." + (60 + i);
                runs.add(clients.submit(() -> {
                    download(curl, gateway, address, name + "-d" + number, number);
                    upload(curl, gateway, address, name + "-u" + number, number);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(120, TimeUnit.SECONDS);
            }
            clients.shutdown();
            assertThat(gateway.awaitTransfers(name, 2 * CLIENTS)).hasSize(2 * CLIENTS);
        }
    }

    @Test
    void isUsedByTheConfigOfTheDocs() throws Exception {
        String doc = Files.readString(Path.of("../docs/places.md"));
        String section = doc.substring(doc.indexOf("\n## Where there is no range of ports\n"));
        String config = section.substring(section.indexOf("```yaml\n") + "```yaml\n".length());
        PortRange port = freePort();
        try (TestServer server = ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE);
                ConfiguredJar gateway = ConfiguredJar.start(
                        folder,
                        config.substring(0, config.indexOf("```"))
                                .replace("0.0.0.0:2121", "127.0.0.3:0")
                                .replace("50000", port.toString())
                                .replace("ftp.example.com", Target.of(server).authority()))) {
            Target target = new Target(gateway.addresses().get(0), server.user(), server.password());
            for (int i = 0; i < 3; i++) {
                Path file = Files.write(folder.resolve("file" + i), bytes(i));
                run(
                        Peers.require("curl"),
                        target,
                        "127.0.0.60",
                        file.getFileName().toString(),
                        List.of("-T", file.toString()));
                assertThat(server.files().resolve("file" + i)).hasSameBinaryContentAs(file);
            }
        }
    }

    private void download(Path curl, Gateway gateway, String address, String name, int number) throws IOException {
        byte[] file = bytes(number);
        Payload.file(gateway.server().files().resolve(name), file);
        Path to = folder.resolve(name);
        run(curl, gateway.target(), address, name, List.of("-o", to.toString()));
        assertThat(Files.readAllBytes(to)).isEqualTo(file);
    }

    private void upload(Path curl, Gateway gateway, String address, String name, int number) throws IOException {
        byte[] file = bytes(number);
        Path local = folder.resolve(name);
        Files.write(local, file);
        run(curl, gateway.target(), address, name, List.of("-T", local.toString()));
        assertThat(Files.readAllBytes(gateway.server().files().resolve(name))).isEqualTo(file);
    }

    private void run(Path curl, Target target, String address, String name, List<String> what) {
        List<String> command = new ArrayList<>(List.of(
                curl.toString(),
                "-sS",
                "--interface",
                address,
                "--retry",
                "0",
                "--user",
                target.user() + ':' + target.password()));
        command.addAll(what);
        command.add("ftp://" + target.authority() + TestServer.DIRECTORY + '/' + name);
        assertThat(Program.run(folder, command, "", Duration.ofSeconds(100)).strip())
                .isEqualTo("[exit 0]");
    }

    /** A file that tells of which client it is in each of its parts. */
    private static byte[] bytes(int number) {
        byte[] bytes = Payload.bytes(200_000 + number);
        for (int i = 0; i < bytes.length; i += 1000) {
            bytes[i] = (byte) number;
        }
        return bytes;
    }

    private static PortRange freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, Loopback.GATEWAY)) {
            return new PortRange(free.getLocalPort(), free.getLocalPort());
        }
    }
}
