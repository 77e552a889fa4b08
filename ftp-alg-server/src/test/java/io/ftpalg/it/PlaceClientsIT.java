package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPHTTPClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** L10-L12: each client in front of the gateway as a SOCKS server, by CONNECT, and by HTTP, as the table of docs/places.md has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaceClientsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String NAME = "matrix.bin";

    private final Path folder = Workspace.create("place-clients");
    private final TlsMaterial tls = TlsMaterial.create();
    private final Servers servers = new Servers();
    private Optional<ConfiguredJar> gateway = Optional.empty();
    private Optional<TestServer> server = Optional.empty();

    /** A column of the table. */
    private enum Place {
        SOCKS,
        CONNECT,
        FILES
    }

    /** A row of the table; it fetches a file, and is to use the gateway by whatever it has for that. */
    private enum Tool {
        CURL("curl"),
        CURL_TLS("curl --ssl-reqd"),
        WGET("wget"),
        LFTP("lftp"),
        LFTP_TLS("lftp, ftp:ssl-force"),
        TNFTP("tnftp"),
        PYTHON("Python urllib"),
        COMMONS_NET("Commons Net");

        private final String row;

        Tool(String row) {
            this.row = row;
        }
    }

    @BeforeAll
    void start() throws IOException {
        String listener = """
                  - bind: 127.0.0.3:0
                    protocol: %s
                    forward: {allow: ["127.0.0.2:1024-65535"]}
                    tls: {certificates: [{cert: '%s', key: '%s'}]}
                """;
        String certificate = tls.server().certificate().toString();
        String key = tls.server().key().toString();
        gateway = Optional.of(ConfiguredJar.start(
                folder,
                "listeners:\n"
                        + listener.formatted("socks5", certificate, key)
                        + listener.formatted("http", certificate, key)));
        server = Optional.of(servers.get(ServerKind.VSFTPD, false));
        Payload.file(server().files().resolve(NAME), 300_000);
    }

    @AfterAll
    void stop() {
        gateway.ifPresent(ConfiguredJar::close);
        servers.close();
        tls.close();
        Workspace.delete(folder);
    }

    private TestServer server() {
        return server.orElseThrow();
    }

    private InetSocketAddress proxy(Place place) {
        return gateway.orElseThrow().addresses().get(place == Place.SOCKS ? 0 : 1);
    }

    private String proxyUrl(Place place, String socks) {
        InetSocketAddress address = proxy(place);
        return (place == Place.SOCKS ? socks : "http") + "://" + IpLiteral.format(address.getAddress()) + ':'
                + address.getPort();
    }

    private String url() {
        return "ftp://" + server().user() + ':' + server().password() + '@'
                + IpLiteral.format(server().address().getAddress()) + ':'
                + server().address().getPort() + TestServer.DIRECTORY + '/' + NAME;
    }

    private static Stream<Arguments> cells() {
        return Arrays.stream(Tool.values())
                .flatMap(tool -> Arrays.stream(Place.values()).map(place -> Arguments.of(tool, place)));
    }

    /** What the table says: yes or no, and how or why. */
    private static boolean documented(Tool tool, Place place) throws IOException {
        String row = Files.readString(Path.of("..", "docs", "places.md"))
                .lines()
                .filter(line -> line.startsWith("| "
                        + tool.row
                                .replace("curl --ssl-reqd", "curl `--ssl-reqd`")
                                .replace("ftp:ssl-force", "`ftp:ssl-force`")
                        + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool.row + " has no row in docs/places.md"));
        String cell = row.split("\\|")[2 + List.of(Place.values()).indexOf(place)].strip();
        assertThat(cell).matches("(yes|no)\\b.*");
        return cell.startsWith("yes");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void doesWhatTheTableSays(Tool tool, Place place) throws IOException {
        Path back = folder.resolve(tool + "-" + place);
        int before = gateway.orElseThrow().log("session opened").size();

        boolean fetched = fetch(tool, place, back);

        boolean through = gateway.orElseThrow().log("session opened").size() > before;
        assertThat(fetched && through).as("through the gateway").isEqualTo(documented(tool, place));
        if (fetched && through) {
            assertThat(back).hasSameBinaryContentAs(server().files().resolve(NAME));
        }
    }

    private boolean fetch(Tool tool, Place place, Path back) throws IOException {
        return switch (tool) {
            case CURL -> curl(place, back, "socks5h") && curl(place, back, "socks5");
            case CURL_TLS ->
                curl(
                                place,
                                back,
                                "socks5h",
                                "--ssl-reqd",
                                "--cacert",
                                tls.authority().toString())
                        && isSecured();
            case WGET ->
                run(environment(place), "wget", "--quiet", "--tries=1", "--timeout=20", "-O", back.toString(), url());
            case LFTP -> lftp(place, back, "set ftp:ssl-allow false; ");
            case LFTP_TLS ->
                lftp(
                                place,
                                back,
                                "set ftp:ssl-force true; set ftp:ssl-protect-data true; set ssl:ca-file \"%s\"; "
                                        .formatted(tls.authority()))
                        && isSecured();
            case TNFTP -> run(environment(place), "tnftp", "-V", "-o", back.toString(), url());
            case PYTHON ->
                run(
                        environment(place),
                        "python3",
                        "-c",
                        "import sys, urllib.request; urllib.request.urlretrieve(sys.argv[1], sys.argv[2])",
                        url(),
                        back.toString());
            case COMMONS_NET -> commonsNet(place, back);
        };
    }

    /** Returns whether the session that was opened last is under TLS with its client. */
    private boolean isSecured() {
        List<String> opened = gateway.orElseThrow().log("session opened");
        String number = opened.get(opened.size() - 1).replaceFirst("^.*?(\\[[^\\]]*\\]) session opened.*$", "$1");
        return gateway.orElseThrow().log(number + " session secured").stream()
                .anyMatch(line -> line.contains("side=CLIENT"));
    }

    private Map<String, String> environment(Place place) {
        String proxy = proxyUrl(place, "socks5h");
        return switch (place) {
            case SOCKS -> Map.of("all_proxy", proxy, "ALL_PROXY", proxy, "no_proxy", "");
            case CONNECT -> Map.of("https_proxy", proxy, "HTTPS_PROXY", proxy, "no_proxy", "");
            case FILES -> Map.of("ftp_proxy", proxy, "FTP_PROXY", proxy, "no_proxy", "");
        };
    }

    private boolean run(Map<String, String> environment, String... command) {
        Peers.require(command[0]);
        try (Program program = Program.start(folder, new ArrayList<>(List.of(command)), environment, "")) {
            return program.await(TIMEOUT) == 0;
        }
    }

    private boolean curl(Place place, Path back, String socks, String... more) {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--fail", "--max-time", "60", "--output", back.toString(), "--proxy"));
        command.add(proxyUrl(place, socks));
        if (place == Place.CONNECT) {
            command.add("--proxytunnel");
        }
        command.addAll(List.of(more));
        command.add(url());
        return run(Map.of(), command.toArray(String[]::new));
    }

    private boolean lftp(Place place, Path back, String more) {
        String proxy = place == Place.SOCKS
                ? ""
                : "set ftp:use-hftp %s; set ftp:proxy \"%s\"; ".formatted(place == Place.FILES, proxyUrl(place, ""));
        return run(
                environment(place),
                "lftp",
                "-c",
                "set cmd:fail-exit true; set net:timeout 10; set net:max-retries 1; %s%sget \"%s\" -o \"%s\""
                        .formatted(proxy, more, url(), back));
    }

    private boolean commonsNet(Place place, Path back) throws IOException {
        FTPClient client;
        switch (place) {
            case SOCKS -> {
                client = new FTPClient();
                client.setProxy(new Proxy(Proxy.Type.SOCKS, proxy(place)));
            }
            case CONNECT ->
                client = new FTPHTTPClient(
                        proxy(place).getHostString(), proxy(place).getPort(), "", "");
            default -> {
                // It has no HTTP but CONNECT.
                return false;
            }
        }
        client.setDefaultTimeout(20_000);
        client.connect(
                IpLiteral.format(server().address().getAddress()),
                server().address().getPort());
        client.setSoTimeout(20_000);
        client.enterLocalPassiveMode();
        try (OutputStream out = Files.newOutputStream(back)) {
            return client.login(server().user(), server().password())
                    && client.setFileType(FTP.BINARY_FILE_TYPE)
                    && client.retrieveFile(TestServer.DIRECTORY + '/' + NAME, out);
        } finally {
            client.disconnect();
        }
    }

    @Test
    void listsWithTnftp() throws IOException {
        Peers.require("tnftp");
        Path list = folder.resolve("list");
        String directory = url().substring(0, url().length() - NAME.length());

        assertThat(run(environment(Place.FILES), "tnftp", "-V", "-o", list.toString(), directory))
                .isTrue();

        assertThat(Files.readString(list, US_ASCII)).contains("<a href=\"" + NAME + "\">");
    }
}
