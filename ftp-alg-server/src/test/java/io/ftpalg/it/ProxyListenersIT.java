package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** L10, L11: the gateway as a SOCKS server and as an HTTP proxy, as docs/places.md shows it, with the tools of users. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyListenersIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int SIZE = 3_000_000;
    private static final Path PLACES = Path.of("..", "docs", "places.md");

    private final Path folder = Workspace.create("proxies");
    private final TlsMaterial tls = TlsMaterial.create();
    private final Servers servers = new Servers();
    private final Map<Place, ConfiguredJar> gateways = new HashMap<>();

    /** A section of docs/places.md. */
    private enum Place {
        SOCKS("## A SOCKS server for FTP", "socks5h://"),
        HTTP("## An HTTP proxy for FTP", "http://");

        private final String heading;
        private final String scheme;

        Place(String heading, String scheme) {
            this.heading = heading;
            this.scheme = scheme;
        }

        /** Returns the config that its section shows. */
        private String config() throws IOException {
            String text = Files.readString(PLACES);
            int section = text.indexOf(heading);
            int start = text.indexOf("```yaml\n", section) + 8;
            return text.substring(start, text.indexOf("```", start));
        }
    }

    @BeforeAll
    void start() throws IOException {
        Path users = folder.resolve("users.htpasswd");
        Program.run(
                folder,
                List.of(Peers.require("htpasswd").toString(), "-cbB", "-C", "5", users.toString(), "joe", "secret"),
                "",
                TIMEOUT);
        for (Place place : Place.values()) {
            Path own = Files.createDirectories(folder.resolve(place.name()));
            String config = place.config()
                            .replaceFirst("0\\.0\\.0\\.0:\\d+", "127.0.0.3:0")
                            .replace("\"*.example.com:21,990\"", "\"127.0.0.2:1024-65535\"")
                            .replace("users.htpasswd", users.toString())
                    + "    tls: {certificates: [{cert: '%s', key: '%s'}]}\n"
                            .formatted(tls.server().certificate(), tls.server().key());
            assertThat(config).contains("127.0.0.3:0", "127.0.0.2:1024", users.toString());
            gateways.put(place, ConfiguredJar.start(own, config));
        }
    }

    @AfterAll
    void stop() {
        gateways.values().forEach(ConfiguredJar::close);
        servers.close();
        tls.close();
        Workspace.delete(folder);
    }

    private String proxy(Place place) {
        InetSocketAddress address = gateway(place).addresses().get(0);
        return place.scheme + "joe:secret@" + IpLiteral.format(address.getAddress()) + ':' + address.getPort();
    }

    private ConfiguredJar gateway(Place place) {
        return Objects.requireNonNull(gateways.get(place));
    }

    private static Stream<Arguments> curls() {
        return Arrays.stream(Place.values()).flatMap(place -> Stream.of(ServerKind.VSFTPD, ServerKind.PROFTPD)
                .flatMap(server -> Stream.of(false, true).map(secure -> Arguments.of(place, server, secure))));
    }

    /** Lists, puts, fetches and resumes, by EPSV and by PASV. */
    @ParameterizedTest
    @MethodSource("curls")
    void servesCurl(Place place, ServerKind kind, boolean secure) throws IOException {
        Peers.require("curl");
        TestServer server = servers.get(kind, false);
        String url = "ftp://" + IpLiteral.format(server.address().getAddress()) + ':'
                + server.address().getPort() + TestServer.DIRECTORY + '/';
        String name = place + "-" + secure + ".bin";
        int refused = gateway(place).log("session refused").size();
        Path file = folder.resolve(name);
        Payload.file(file, SIZE);
        for (boolean epsv : new boolean[] {true, false}) {
            Path back = folder.resolve("back-" + name);
            Files.deleteIfExists(server.files().resolve(name));
            List<String> options = options(place, server, secure, epsv);

            curl(options, List.of("--upload-file", file.toString(), url));
            assertThat(curl(options, List.of("--list-only", url))).contains(name);
            curl(options, List.of("--output", back.toString(), url + name));

            assertThat(back).hasSameBinaryContentAs(file);
            Files.write(back, Arrays.copyOf(Files.readAllBytes(file), SIZE / 3));
            curl(options, List.of("--continue-at", "-", "--output", back.toString(), url + name));
            assertThat(back).hasSameBinaryContentAs(file);
        }
        assertThat(gateway(place).log("session refused")).hasSize(refused);
    }

    private List<String> options(Place place, TestServer server, boolean secure, boolean epsv) {
        List<String> options = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--max-time",
                "60",
                "--user",
                server.user() + ':' + server.password(),
                "--proxy",
                proxy(place)));
        if (place == Place.HTTP) {
            options.add("--proxytunnel");
        }
        if (secure) {
            options.addAll(List.of("--ssl-reqd", "--cacert", tls.authority().toString()));
        }
        if (!epsv) {
            options.addAll(List.of("--disable-epsv", "--no-ftp-skip-pasv-ip"));
        }
        return options;
    }

    private String curl(List<String> options, List<String> more) {
        List<String> command = new ArrayList<>(options);
        command.addAll(more);
        String output = Program.run(folder, command, "", TIMEOUT);
        assertThat(output).as(String.join(" ", command)).endsWith("[exit 0]\n");
        return output;
    }

    /** By the variable that users set. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void servesCurlByItsEnvironment(Place place) throws IOException {
        Peers.require("curl");
        TestServer server = servers.get(ServerKind.VSFTPD, false);
        Files.writeString(server.files().resolve("small"), "content", StandardCharsets.US_ASCII);
        Map<String, String> environment = Map.of("all_proxy", proxy(place), "no_proxy", "");
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "60"));
        if (place == Place.HTTP) {
            command.add("--proxytunnel");
        }
        command.add("ftp://" + IpLiteral.format(server.address().getAddress()) + ':'
                + server.address().getPort() + TestServer.DIRECTORY + "/small");

        try (Program curl = Program.start(folder, command, environment, "")) {
            assertThat(curl.await(TIMEOUT)).as(curl.output()).isZero();
            assertThat(curl.output()).isEqualTo("content");
        }
    }

    /** By CONNECT, which lftp has of the three: it has no SOCKS. */
    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"VSFTPD", "PROFTPD"})
    void servesLftp(ServerKind kind) throws IOException {
        Peers.require("lftp");
        TestServer server = servers.get(kind, false);
        Path file = folder.resolve("lftp-" + kind);
        Payload.file(file, SIZE);
        Path back = folder.resolve("lftp-back-" + kind);
        Files.write(back, Arrays.copyOf(Files.readAllBytes(file), SIZE / 2));

        String output = Program.run(
                folder,
                List.of("lftp"),
                """
                set cmd:fail-exit true
                set net:timeout 20
                set net:max-retries 1
                set ftp:use-hftp false
                set ftp:proxy "%s"
                set ftp:ssl-force true
                set ftp:ssl-protect-data true
                set ssl:ca-file "%s"
                open -u "%s,%s" ftp://%s:%d/
                cd %s
                put "%s" -o "lftp.bin"
                get -c "lftp.bin" -o "%s"
                cls -1
                bye
                """.formatted(
                                proxy(Place.HTTP),
                                tls.authority(),
                                server.user(),
                                server.password(),
                                IpLiteral.format(server.address().getAddress()),
                                server.address().getPort(),
                                TestServer.DIRECTORY,
                                file,
                                back),
                TIMEOUT);

        assertThat(output).contains("lftp.bin").endsWith("[exit 0]\n");
        assertThat(back).hasSameBinaryContentAs(file);
        assertThat(server.files().resolve("lftp.bin")).hasSameBinaryContentAs(file);
    }

    /** A wrong password at the gateway, a port without a rule. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void refusesStrangersAndOtherPorts(Place place) throws IOException {
        Peers.require("curl");
        String wrong = proxy(place).replace("joe:secret", "joe:wrong");
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "60", "--proxy"));
        List<String> tunnel = place == Place.HTTP ? List.of("--proxytunnel") : List.of();
        List<String> login = new ArrayList<>(command);
        login.add(wrong);
        login.addAll(tunnel);
        login.add("ftp://127.0.0.2:2121/");
        List<String> port = new ArrayList<>(command);
        port.add(proxy(place));
        port.addAll(tunnel);
        port.add("ftp://127.0.0.2:22/");

        assertThat(Program.run(folder, login, "", TIMEOUT)).doesNotEndWith("[exit 0]\n");
        assertThat(Program.run(folder, port, "", TIMEOUT)).doesNotEndWith("[exit 0]\n");

        assertThat(gateway(place).awaitLog("cause=LOGIN_REFUSED", 1)).contains("session refused");
        assertThat(gateway(place).awaitLog("cause=TARGET_DENIED", 1)).contains("session refused");
    }
}
