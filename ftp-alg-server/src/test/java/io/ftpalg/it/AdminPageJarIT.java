package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The admin page of the jar, with real sessions: what it shows is so, and what is done on it takes effect. */
@Timeout(120)
class AdminPageJarIT {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String ROWS = "#sessions-table tbody tr:not(.empty)";
    private static final InetSocketAddress ADMIN = NativeServer.freePort(Loopback.CLIENT);
    private static final String STREAM =
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n";
    private static final String CONFIG = """
            listeners:
              - bind: "127.0.0.1:0"
                upstream: [<a>, <b>]
                balance: round-robin
                limits: {sessions-per-address: 1000, new-sessions-per-second: 100000}
            admin:
              bind: "127.0.0.1:%d"
              token-file: %s
            """;

    @TempDir
    private static Path temp = Path.of(".");

    private static Browser browser;
    private static Fleet fleet;
    private static ConfiguredJar jar;
    private static InetSocketAddress gateway;

    private final List<RawFtp> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(temp.resolve("profile"));
        fleet = Fleet.of("a", "b");
        jar = fleet.front(CONFIG.formatted(ADMIN.getPort(), fleet.write("token", TOKEN)));
        gateway = jar.addresses().get(0);
    }

    @AfterAll
    static void close() {
        if (fleet != null) {
            fleet.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void signIn() {
        browser.open("http://127.0.0.1:" + ADMIN.getPort() + "/");
        browser.awaitTrue("return document.activeElement.id === 'token'");
        browser.press(TOKEN, Keys.ENTER);
        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
        browser.awaitTexts(ROWS, rows -> assertThat(rows).isEmpty());
        // The first question, without the token, was refused.
        browser.console();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (RawFtp client : clients) {
            client.close();
        }
        browser.assertQuiet();
    }

    private RawFtp login(String from) throws IOException {
        RawFtp client = Fleet.login(gateway, InetAddress.getByName(from));
        clients.add(client);
        return client;
    }

    private RawFtp connect(String from) throws IOException {
        RawFtp client = RawFtp.connect(gateway, InetAddress.getByName(from));
        clients.add(client);
        return client;
    }

    @Test
    void showsSessionsAndTheirTransfers() throws Exception {
        RawFtp client = login("127.0.1.1");
        RawFtp other = login("127.0.1.2");
        String server = fleet.authority(fleet.serverOf(client));
        String otherServer = fleet.authority(fleet.serverOf(other));

        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(2));
        browser.awaitTexts(ROWS + " td:nth-child(3)", users -> assertThat(users).containsOnly("tester"));
        browser.awaitTexts(
                ROWS + " td:nth-child(6)", states -> assertThat(states).containsOnly("ready"));
        assertThat(browser.texts(ROWS + " td:nth-child(4)")).containsExactly(otherServer, server);
        assertThat(browser.texts(ROWS + " td:nth-child(2)"))
                .satisfiesExactly(second -> assertThat(second).startsWith("127.0.1.2:"), first -> assertThat(first)
                        .startsWith("127.0.1.1:"));
        browser.awaitText(".tile .number", sessions -> assertThat(sessions).isEqualTo("2"));

        try (Socket data = client.open(DataSyntax.EPSV, "RETR " + Fleet.HUGE_FILE)) {
            assertThat(data.getInputStream().read()).isNotNegative();
            browser.awaitTexts(ROWS + " td:nth-child(7)", transfers -> assertThat(transfers)
                    .containsExactly("", "RETR " + Fleet.HUGE_FILE));
            browser.awaitTexts(
                    ".tile .number", figures -> assertThat(figures).element(1).isEqualTo("1"));
            browser.awaitText(ROWS + ":nth-child(2) td:nth-child(9)", size -> assertThat(size)
                    .doesNotStartWith("0 B"));
        }
    }

    @Test
    void endsASession() throws Exception {
        RawFtp ended = login("127.0.1.3");
        RawFtp kept = login("127.0.1.4");
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(2));

        browser.type("#sessions-filter", "127.0.1.3:");
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(1));
        confirm(ROWS + " .action button");

        assertThat(ended.readToEnd()).startsWith("421");
        browser.awaitTexts(ROWS, rows -> assertThat(rows).isEmpty());
        browser.type("#sessions-filter", " ");
        browser.awaitText(
                ROWS + " td:nth-child(2)", client -> assertThat(client).startsWith("127.0.1.4:"));
        assertThat(kept.ask("NOOP").code()).isEqualTo(200);
        browser.awaitText("#actions-table tbody", action -> assertThat(action).contains("end session", "token"));
    }

    @Test
    void sortsFiltersAndPages() throws Exception {
        for (int i = 11; i <= 23; i++) {
            login("127.0.2." + i);
        }

        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("1 to 10 of 13"));
        browser.click("#sessions-next");
        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("11 to 13 of 13"));
        browser.click("#sessions-table th:nth-child(2) button");
        browser.awaitText(
                ROWS + " td:nth-child(2)", client -> assertThat(client).startsWith("127.0.2.11:"));
        browser.click("#sessions-table th:nth-child(2) button");
        browser.awaitText(
                ROWS + " td:nth-child(2)", client -> assertThat(client).startsWith("127.0.2.23:"));
        browser.type("#sessions-filter", fleet.authority("a"));
        browser.awaitTexts(
                ROWS + " td:nth-child(4)",
                servers -> assertThat(servers).hasSizeBetween(6, 7).containsOnly(fleet.authority("a")));
    }

    @Test
    void showsTextOfClientsAsText() throws Exception {
        String hostile = "<img src=x onerror=document.title='run'>";
        RawFtp client = connect("127.0.1.5");
        assertThat(client.read().code()).isEqualTo(220);
        assertThat(client.ask("USER " + hostile).code()).isIn(331, 530);
        browser.awaitText(ROWS + " td:nth-child(3)", user -> assertThat(user).isEqualTo(hostile));

        RawFtp other = login("127.0.1.6");
        try (Socket data = other.open(DataSyntax.EPSV, "STOR <script>document.title='run'<script>")) {
            data.getOutputStream().write(1);
            browser.awaitText(ROWS + " td:nth-child(7)", transfer -> assertThat(transfer)
                    .isEqualTo("STOR <script>document.title='run'<script>"));
        }

        assertThat(browser.all("main img, main script")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("ftp-alg");
    }

    @Test
    void ejectsAServerAndReturnsIt() throws Exception {
        browser.awaitTexts("#servers-table tbody td:nth-child(1)", servers -> assertThat(servers)
                .containsExactlyInAnyOrder(fleet.authority("a"), fleet.authority("b")));
        String row = "#servers-table tbody tr:nth-child(1)";
        String ejected = browser.text(row + " td");

        confirm(row + " button");
        browser.awaitText(row + " td:nth-child(2)", health -> assertThat(health).isEqualTo("ejected by operator"));
        for (int i = 0; i < 4; i++) {
            assertThat(fleet.authority(fleet.serverOfNewClient(gateway))).isNotEqualTo(ejected);
        }
        confirm(row + " button");

        browser.awaitText(row + " td:nth-child(2)", health -> assertThat(health).isNotEqualTo("ejected by operator"));
    }

    @Test
    void beginsAndEndsMaintenance() throws Exception {
        browser.click("#maintenance");
        browser.type("#confirm-input", "Back at eight.");
        browser.click("#confirm-ok");
        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Maintenance"));
        assertThat(connect("127.0.1.7").readToEnd()).startsWith("421").contains("Back at eight.");
        browser.awaitText("#notice", notice -> assertThat(notice).contains("Back at eight."));

        confirm("#maintenance");

        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
        assertThat(connect("127.0.1.7").read().code()).isEqualTo(220);
    }

    @Test
    void blocksAnAddressAndAdmitsItAgain() throws Exception {
        RawFtp ended = login("127.0.1.8");
        browser.type("#blocks-network", "127.0.1.8");
        confirm("#blocks-form button");

        browser.awaitText(
                "#blocks-table tbody td", network -> assertThat(network).startsWith("127.0.1.8"));
        assertThat(ended.readToEnd()).startsWith("421");
        assertThat(connect("127.0.1.8").readToEnd()).doesNotStartWith("220");
        browser.awaitText("#refusals-table tbody td:nth-child(2)", client -> assertThat(client)
                .startsWith("127.0.1.8:"));
        confirm("#blocks-table tbody button");

        browser.awaitText("#blocks-table tbody", blocks -> assertThat(blocks).isEqualTo("No address is blocked."));
        assertThat(connect("127.0.1.8").read().code()).isEqualTo(220);
    }

    @Test
    void showsListenersConfigAndLogLevel() {
        browser.awaitText(
                "#listeners-table tbody td", address -> assertThat(address).endsWith(":" + gateway.getPort()));
        browser.click("#config-details summary");
        browser.awaitText(
                "#config-text",
                config -> assertThat(config).contains("round-robin").doesNotContain(TOKEN));

        browser.choose("#log-level", "debug");
        browser.click("#log-form button");
        browser.awaitText("#announcement", text -> assertThat(text).isEqualTo("Log level is debug."));
        browser.awaitText("#actions-table tbody", action -> assertThat(action).contains("log level"));
        browser.choose("#log-level", "info");
        browser.click("#log-form button");
        browser.awaitText("#announcement", text -> assertThat(text).isEqualTo("Log level is info."));
    }

    @Test
    void reloadsTheConfig() throws Exception {
        confirm("#reload");

        browser.awaitText("#announcement", text -> assertThat(text).isEqualTo("Config reloaded."));
        assertThat(jar.awaitLog("config reloaded", 1)).isNotEmpty();
    }

    /** Far more streams than there may be, with the token: sessions and the page that is open do not notice. */
    @Test
    void servesSessionsBesideAThousandEventStreams() throws Exception {
        List<Socket> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                Socket stream = new Socket(ADMIN.getAddress(), ADMIN.getPort());
                streams.add(stream);
                stream.getOutputStream().write(STREAM.getBytes(US_ASCII));
            }
            assertThat(login("127.0.1.9").ask("NOOP").code()).isEqualTo(200);
            browser.awaitText(
                    ROWS + " td:nth-child(2)", client -> assertThat(client).startsWith("127.0.1.9:"));
            assertThat(browser.text("#state")).isEqualTo("Ready");
            // A new connection of the browser may have been one too many.
            browser.console();
        } finally {
            for (Socket stream : streams) {
                stream.close();
            }
        }
    }

    private static void confirm(String button) {
        browser.click(button);
        browser.awaitTrue("return document.querySelector('#confirm').open");
        browser.click("#confirm-ok");
        browser.awaitTrue("return !document.querySelector('#confirm').open");
    }
}
