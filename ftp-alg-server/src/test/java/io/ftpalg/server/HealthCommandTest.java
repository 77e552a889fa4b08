package io.ftpalg.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.metrics.HealthRoutes;
import io.ftpalg.server.settings.AdminSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The health command against an admin server: HealthCommand, HealthCheck. */
class HealthCommandTest {
    private volatile Optional<String> notReady = Optional.empty();
    private final AdminServer server;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temp = Path.of(".");

    HealthCommandTest() {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        HealthRoutes.addTo(routes, () -> notReady);
        server = new AdminServer(routes.build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksAtTheSocketFirst() throws Exception {
        open(Optional.empty(), Optional.of(temp.resolve("s")));
        String admin = "admin: {bind: '127.0.0.1:1', socket: " + temp.resolve("s") + "}\n";

        assertThat(run(admin)).isZero();
        assertThat(out).hasToString("ready\n");

        notReady = Optional.of("draining");

        assertThat(run(admin)).isEqualTo(1);
        assertThat(err).hasToString("draining\n");
        assertThat(run(admin, "--live")).isZero();
        assertThat(out).hasToString("ready\nok\n");
    }

    @Test
    void asksAtTheAddress() throws Exception {
        open(Optional.of(new InetSocketAddress("127.0.0.1", 0)), Optional.empty());
        int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
        Files.writeString(temp.resolve("token"), "0123456789abcdef");

        assertThat(run("admin: {bind: '127.0.0.1:" + port + "'}\n")).isZero();
        assertThat(run("admin: {bind: '0.0.0.0:" + port + "', token-file: token}\n"))
                .isZero();
        assertThat(out).hasToString("ready\nready\n");
    }

    @Test
    void failsWhereNobodyResponds() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // It accepts, and never responds.
            assertThat(run("admin: {bind: '127.0.0.1:" + free.getLocalPort() + "'}\n"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("no response in 5 s");
        }
        assertThat(run("admin: {socket: " + temp.resolve("none") + "}\n")).isEqualTo(1);
        assertThat(err.toString()).contains(temp.resolve("none") + ": ");
    }

    @Test
    void needsAnAdminServer() throws Exception {
        assertThat(run("")).isEqualTo(2);
        assertThat(err.toString()).contains("no admin server to ask: give admin.socket or admin.bind");
        assertThat(run("admin: {}\n")).isEqualTo(2);
    }

    private void open(Optional<InetSocketAddress> bind, Optional<Path> socket) throws Exception {
        server.prepare(Optional.of(
                        new AdminSettings(bind, socket, false, Optional.empty(), List.of(), Optional.empty())))
                .commit();
    }

    private int run(String admin, String... more) throws IOException {
        Path file = Files.writeString(
                temp.resolve("gateway.yaml"), "listeners: [{bind: '127.0.0.1:0', upstream: a}]\n" + admin);
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> args = new ArrayList<>(List.of("health", "--config", file.toString()));
        args.addAll(List.of(more));
        return line.execute(args.toArray(String[]::new));
    }
}
