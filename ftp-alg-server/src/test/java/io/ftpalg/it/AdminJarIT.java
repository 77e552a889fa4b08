package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API of the jar by curl, and {@code ctl} as a process of its own, with real sessions. */
@Timeout(120)
class AdminJarIT {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");
    private static final Pattern DROPPED = Pattern.compile("\"dropped\":(\\d+)");
    private static final Pattern LINES = Pattern.compile("\"lines\":(\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    @TempDir
    private Path temp = Path.of(".");

    private final InetSocketAddress admin = NativeServer.freePort(Loopback.CLIENT);
    private final Fleet fleet = Fleet.of("a");
    private InetSocketAddress gateway = admin;
    private Path socket = Path.of(".");

    @BeforeEach
    void start() throws IOException {
        socket = temp.resolve("admin.sock");
        gateway = fleet.front("""
                        listeners:
                          - bind: "127.0.0.1:0"
                            upstream: <a>
                        admin:
                          bind: "127.0.0.1:%d"
                          token-file: %s
                          socket: %s
                        """.formatted(admin.getPort(), fleet.write("token", TOKEN), socket))
                .addresses()
                .get(0);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + admin.getPort() + path;
    }

    private String curl(String... more) {
        List<String> command = new ArrayList<>(List.of(Peers.require("curl").toString(), "-sS"));
        command.addAll(List.of(more));
        return Program.run(temp, command, "", PATIENCE);
    }

    private String ctl(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("ftpalg.jar")),
                "ctl",
                "--socket",
                socket.toString()));
        command.addAll(List.of(more));
        return Program.run(temp, command, "", PATIENCE);
    }

    private static long first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void curlNeedsTheTokenOverTcp() {
        assertThat(curl(url("/api/v1/status"))).contains("\"unauthorized\"");
        assertThat(curl("-H", "Authorization: Bearer " + TOKEN, url("/api/v1/status")))
                .contains("\"state\":\"ready\"");
    }

    @Test
    void curlNeedsNoTokenOverTheSocket() {
        assertThat(curl("--unix-socket", socket.toString(), "http://localhost/api/v1/status"))
                .contains("\"state\":\"ready\"");
    }

    @Test
    void curlEndsASession() throws IOException {
        try (RawFtp client = Fleet.login(gateway)) {
            String sessions = curl("--unix-socket", socket.toString(), "http://localhost/api/v1/sessions");

            String ended = curl(
                    "--unix-socket",
                    socket.toString(),
                    "--json",
                    "{}",
                    "http://localhost/api/v1/sessions/" + first(ID, sessions) + "/end");

            assertThat(ended).contains("\"action\":\"end-session\"", "\"by\":\"socket user:", "\"result\":\"done\"");
            assertThat(client.readToEnd()).startsWith("421");
        }
    }

    @Test
    void ctlShowsAndEndsSessions() throws IOException {
        try (RawFtp client = Fleet.login(gateway)) {
            assertThat(ctl("status")).containsIgnoringCase("ready").endsWith("[exit 0]\n");
            String sessions = ctl("--json", "sessions");

            assertThat(sessions).contains("\"user\":\"tester\"");
            assertThat(ctl("kill", Long.toString(first(ID, sessions))))
                    .startsWith("end-session ")
                    .endsWith("[exit 0]\n");
            assertThat(client.readToEnd()).startsWith("421");
            assertThat(ctl("kill", "999999")).contains("no session 999999").endsWith("[exit 1]\n");
        }
    }

    @Test
    void aReloadThatIsRefusedIsAnEventWithItsProblems() {
        List<String> command = List.of(
                Peers.require("curl").toString(),
                "-sSN",
                "--unix-socket",
                socket.toString(),
                "http://localhost/api/v1/events");
        try (Program events = Program.start(temp, command, Map.of(), "")) {
            // The second one comes after the state of before was noted.
            await().atMost(PATIENCE).until(() -> events.output().split("event: status", -1).length > 3);
            fleet.jar().replaceFile("listeners: 7\n");

            assertThat(ctl("reload")).contains("listeners").endsWith("[exit 1]\n");
            await().atMost(PATIENCE).until(() -> events.output().contains("event: config"));
            assertThat(events.output()).contains("\"result\":\"kept\"", "\"problems\":[\"");
        }
    }

    @Test
    void ctlDrainsAndTheProcessEnds() throws Exception {
        assertThat(ctl("drain", "--grace", "1")).startsWith("drain").endsWith("[exit 0]\n");

        assertThat(fleet.jar().awaitEnd()).isZero();
        assertThat(ctl("status")).endsWith("[exit 1]\n");
    }

    /** The lines that wait, and those in the buffers of the connection, are bounded; what is beyond is counted where it is missing. */
    @Test
    void aTraceThatIsNotReadHasTheNumberOfItsMissingLines() throws IOException {
        String[] authorized = {"-H", "Authorization: Bearer " + TOKEN};
        long trace =
                first(ID, curl(authorized[0], authorized[1], "--json", "{\"sessions\": 1}", url("/api/v1/traces")));
        HttpURLConnection stream = (HttpURLConnection)
                URI.create(url("/api/v1/traces/" + trace + "/stream")).toURL().openConnection();
        stream.setRequestProperty("Authorization", "Bearer " + TOKEN);
        stream.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
        assertThat(stream.getResponseCode()).isEqualTo(200);

        try (RawFtp client = Fleet.login(gateway)) {
            long dropped = 0;
            for (int round = 0; round < 100 && dropped == 0; round++) {
                for (int i = 0; i < 200; i++) {
                    assertThat(client.ask("FEAT").code()).isEqualTo(211);
                }
                dropped = first(DROPPED, curl(authorized[0], authorized[1], url("/api/v1/traces")));
            }
            assertThat(dropped).isPositive();
        }

        long lines = 0;
        long missing = 0;
        String event = "";
        String end = "";
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream.getInputStream(), US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    lines += event.equals("line") ? 1 : 0;
                    missing += event.equals("dropped") ? first(COUNT, line) : 0;
                    end = event.equals("end") ? line : end;
                }
            }
        }
        assertThat(missing).isPositive().isEqualTo(first(DROPPED, end));
        assertThat(lines + missing).isEqualTo(first(LINES, end));
    }
}
