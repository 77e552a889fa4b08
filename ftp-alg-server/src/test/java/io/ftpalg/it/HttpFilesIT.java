package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L12: the gateway as an HTTP proxy for ftp:// URLs, as docs/places.md shows it, with the tools of users. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFilesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int SIZE = 3_000_000;

    private final Path folder = Workspace.create("http-files");
    private final Servers servers = new Servers();
    private Optional<ConfiguredJar> gateway = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "places.md"));
        int section = text.indexOf("## Files by HTTP");
        int start = text.indexOf("```yaml\n", section) + 8;
        String config = text.substring(start, text.indexOf("```", start))
                .replace("0.0.0.0:3128", "127.0.0.3:0")
                .replace("\"*.example.com:21\"", "\"127.0.0.2:1024-65535\"");
        assertThat(config).contains("127.0.0.3:0", "127.0.0.2:1024");
        gateway = Optional.of(ConfiguredJar.start(folder, config));
    }

    @AfterAll
    void stop() {
        gateway.ifPresent(ConfiguredJar::close);
        servers.close();
        Workspace.delete(folder);
    }

    private String proxy() {
        InetSocketAddress address = gateway.orElseThrow().addresses().get(0);
        return "http://" + IpLiteral.format(address.getAddress()) + ':' + address.getPort();
    }

    private static String url(TestServer server, String name) {
        return "ftp://" + server.user() + ':' + server.password() + '@'
                + IpLiteral.format(server.address().getAddress()) + ':'
                + server.address().getPort() + TestServer.DIRECTORY + '/' + name;
    }

    private String run(String... command) {
        Peers.require(command[0]);
        Map<String, String> environment = Map.of("ftp_proxy", proxy(), "no_proxy", "");
        try (Program program = Program.start(folder, new ArrayList<>(List.of(command)), environment, "")) {
            assertThat(program.await(TIMEOUT)).as(program.output()).isZero();
            return program.output();
        }
    }

    private String curl(String... more) {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--fail", "--max-time", "60", "--proxy", proxy()));
        command.addAll(Arrays.asList(more));
        return run(command.toArray(String[]::new));
    }

    /** Puts, lists, fetches, resumes and deletes. */
    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
    void servesCurlAndWget(ServerKind kind) throws IOException {
        TestServer server = servers.get(kind, false);
        String name = kind + ".bin";
        Path file = folder.resolve(name);
        Payload.file(file, SIZE);
        Path back = folder.resolve("back-" + name);

        curl("--upload-file", file.toString(), url(server, name));
        assertThat(server.files().resolve(name)).hasSameBinaryContentAs(file);
        assertThat(curl(url(server, ""))).contains("<a href=\"" + name + "\">" + name + "</a>");
        assertThat(curl("--header", "Accept: application/json", url(server, "")))
                .contains("\"name\":\"" + name + "\"");
        for (String tool : List.of("curl", "wget")) {
            for (boolean resume : new boolean[] {false, true}) {
                Files.deleteIfExists(back);
                if (resume) {
                    Files.write(back, Arrays.copyOf(Files.readAllBytes(file), SIZE / 3));
                }
                if (tool.equals("curl")) {
                    curl("--continue-at", "-", "--output", back.toString(), url(server, name));
                } else {
                    run(
                            "wget",
                            "--quiet",
                            "--tries=1",
                            "--timeout=60",
                            "--continue",
                            "-O",
                            back.toString(),
                            url(server, name));
                }
                assertThat(back).hasSameBinaryContentAs(file);
            }
        }
        curl("--request", "DELETE", url(server, name));
        assertThat(server.files().resolve(name)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"VSFTPD", "PROFTPD"})
    void servesLftp(ServerKind kind) throws IOException {
        TestServer server = servers.get(kind, false);
        Path file = folder.resolve("lftp-" + kind);
        Payload.file(file, SIZE);
        Path back = folder.resolve("lftp-back-" + kind);
        Files.write(back, Arrays.copyOf(Files.readAllBytes(file), SIZE / 2));

        String output = run(
                "lftp",
                "-c",
                "set cmd:fail-exit true; set net:timeout 20; set net:max-retries 1; set ftp:proxy %s; open %s; put %s -o l.bin; cls -1; get -c l.bin -o %s"
                        .formatted(proxy(), url(server, ""), file, back));

        assertThat(output).contains("l.bin");
        assertThat(back).hasSameBinaryContentAs(file);
        assertThat(server.files().resolve("l.bin")).hasSameBinaryContentAs(file);
    }
}
