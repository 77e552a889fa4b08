package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return curlBy(proxy(), more);
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

    /** TLS towards the server is the gateway's: explicit, and on port 990 from the first byte. */
    @ParameterizedTest
    @EnumSource(
            value = Protection.class,
            names = {"EXPLICIT", "IMPLICIT"})
    void fetchesAndStoresByTls(Protection protection) throws IOException {
        Path own = Files.createDirectories(folder.resolve(protection.name()));
        InetSocketAddress address = protection == Protection.IMPLICIT
                ? new InetSocketAddress(Loopback.SERVER, 990)
                : NativeServer.freePort(Loopback.SERVER);
        try (TlsMaterial tls = TlsMaterial.create();
                TestServer server = ServerKind.VSFTPD.start(address, ServerSecurity.of(protection, tls));
                ConfiguredJar secured = ConfiguredJar.start(own, """
                        listeners:
                          - bind: 127.0.0.3:0
                            protocol: http
                            forward: {allow: ["127.0.0.2:990,1024-65535"]}
                            upstream-tls: {mode: required, ca: '%s'}
                        """.formatted(tls.authority()))) {
            Path file = folder.resolve("tls.bin");
            Payload.file(file, SIZE);
            Path back = folder.resolve("tls-back.bin");
            InetSocketAddress listener = secured.addresses().get(0);
            String by = "http://" + IpLiteral.format(listener.getAddress()) + ':' + listener.getPort();

            curlBy(by, "--upload-file", file.toString(), url(server, "tls.bin"));
            curlBy(by, "--output", back.toString(), url(server, "tls.bin"));

            assertThat(server.files().resolve("tls.bin")).hasSameBinaryContentAs(file);
            assertThat(back).hasSameBinaryContentAs(file);
            assertThat(secured.log("session secured side=SERVER")).hasSize(2);
            assertThat(secured.log("transfer finished")).hasSize(2);
        }
    }

    @Test
    void refusesPort990WithoutTlsAndNamesTheRemedy() throws IOException {
        Path own = Files.createDirectories(folder.resolve("port990"));
        try (ConfiguredJar clear = ConfiguredJar.start(own, """
                listeners:
                  - bind: 127.0.0.3:0
                    protocol: http
                    forward: {allow: [127.0.0.2]}
                """)) {
            InetSocketAddress listener = clear.addresses().get(0);
            List<String> command = List.of(
                    "curl",
                    "--silent",
                    "--proxy",
                    "http://" + IpLiteral.format(listener.getAddress()) + ':' + listener.getPort(),
                    "--write-out",
                    "%{http_code}",
                    "ftp://127.0.0.2:990/x");

            assertThat(Program.run(folder, command, "", TIMEOUT)).contains("<h1>403</h1>", "403\n[exit 0]");

            assertThat(clear.awaitLog("cause=TARGET_DENIED", 1)).contains("127.0.0.2:990", "set upstream-tls.mode");
        }
    }

    /** A server that is killed in the middle of a download: its user's tool reports that the file is not whole. */
    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void neverLooksWholeWhenTheServerIsKilled(String tool) throws IOException {
        Servers own = new Servers();
        try {
            TestServer server = own.get(ServerKind.VSFTPD, false);
            Path back = folder.resolve("cut-" + tool);
            try (RandomAccessFile large =
                    new RandomAccessFile(server.files().resolve("large").toFile(), "rw")) {
                large.setLength(200L << 20);
            }
            List<String> command = tool.equals("curl")
                    ? List.of(
                            "curl", "--silent", "--limit-rate", "2M", "--output", back.toString(), url(server, "large"))
                    : List.of(
                            "wget", "-q", "--tries=1", "--limit-rate=2m", "-O", back.toString(), url(server, "large"));
            Peers.require(tool);
            Map<String, String> environment = Map.of("ftp_proxy", proxy(), "no_proxy", "");
            try (Program program = Program.start(folder, new ArrayList<>(command), environment, "")) {
                Awaitility.await().atMost(TIMEOUT).until(() -> Files.exists(back) && Files.size(back) > 100_000);

                own.close();

                assertThat(program.await(TIMEOUT)).as(program.output()).isEqualTo(tool.equals("curl") ? 18 : 4);
            }
            assertThat(Files.size(back)).isLessThan(200L << 20);
        } finally {
            own.close();
        }
    }

    private String curlBy(String by, String... more) {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--fail", "--max-time", "60", "--proxy", by));
        command.addAll(Arrays.asList(more));
        return run(command.toArray(String[]::new));
    }
}
