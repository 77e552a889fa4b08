package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.admin.AdminLimits;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The admin page in a browser, by an API whose responses are set: what it shows, asks for and sends. */
@Timeout(120)
class AdminPageIT {
    private static final String ROWS = "#sessions-table tbody tr";

    @TempDir
    private static Path temp = Path.of(".");

    private static Browser browser;
    private CannedGateway gateway;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start(temp.resolve("profile"));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        gateway = CannedGateway.start(10_000, Optional.empty());
        browser.open(gateway.url());
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(10));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void showsTheStateAndTheFiguresWithTheirUnits() {
        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
        browser.awaitTexts(
                ".tile .value", values -> assertThat(values).containsExactly("10,000", "37", "118 MB/s", "8.40 MB/s"));

        assertThat(browser.text("#version")).isEqualTo("1.4.0");
        assertThat(browser.text("#uptime")).isEqualTo("up 3 d 4 h");
        assertThat(browser.texts(".tile .foot span:first-child"))
                .containsExactly("12 new/s", "801,277 since start", "98.2 TB since start", "512 GB since start");
        assertThat((String) browser.run("return document.querySelector('.tile .line').getAttribute('d')"))
                .startsWith("M0.0 ")
                .contains("L300.0 ");
        browser.assertQuiet();
    }

    @Test
    void showsServersListenersRefusalsAndCertificates() {
        browser.awaitTexts("#servers-table tbody tr td:nth-child(2)", states -> assertThat(states)
                .containsExactly("healthy", "healthy", "ejected by health check", "ejected by operator"));
        browser.awaitTexts("#listeners-table tbody td.number", usages -> assertThat(usages)
                .containsExactly("9,871 of 20,000", "937 of 1,000", "12 of 200", "no limit"));
        browser.awaitTexts("#refusals-table tbody td:nth-child(3)", reasons -> assertThat(reasons)
                .containsExactly("session limit", "login refused", "bounce", "untrusted", "timeout"));
        browser.awaitTexts("#certificates-table tbody tr td:nth-last-child(-n+2)", days -> assertThat(days)
                .containsExactly("11", "expiring", "90", "valid"));
        assertThat(browser.text("#refusals-total")).isEqualTo("317 since the start");
        assertThat(browser.text("#blocks-table tbody")).isEqualTo("No address is blocked.");
        assertThat(browser.text("#actions-table tbody")).startsWith("No operator has acted");
        browser.assertQuiet();
    }

    @Test
    void asksTheServerToSortFilterAndTurnPages() {
        browser.click("#sessions-table th:nth-child(10) button");
        browser.awaitText(
                "#sessions-table th[aria-sort]", title -> assertThat(title).isEqualTo("To server"));
        browser.awaitText(ROWS + " td:nth-child(10)", size -> assertThat(size).endsWith("GB"));

        browser.click("#sessions-next");
        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("11 to 20 of 10,000"));

        browser.choose("#sessions-size", "100");
        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("1 to 100 of 10,000"));
        assertThat(browser.texts(ROWS)).hasSize(100);

        browser.type("#sessions-filter", "s\u00fcdansicht");
        browser.awaitText("#sessions-range", range -> assertThat(range).contains("filtered from 10,000"));
        assertThat(browser.texts(ROWS + " td:nth-child(7)"))
                .allSatisfy(transfer -> assertThat(transfer).contains("/bilder/s\u00fcdansicht.tif"));

        browser.type("#sessions-filter", "nothing like this");
        browser.awaitTexts(ROWS, rows -> assertThat(rows).containsExactly("No session matches."));
        browser.assertQuiet();
    }

    @Test
    void staysAtTheLastPageThereIsWhenSessionsEnd() {
        browser.click("#sessions-next");
        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("11 to 20 of 10,000"));

        gateway.sessions(13);
        browser.click("#sessions-next");

        browser.awaitText("#sessions-range", range -> assertThat(range).isEqualTo("11 to 13 of 13"));
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("sessions-previous");
    }

    @Test
    void keepsRowsAndFocusWhileFiguresChange() {
        browser.run("window.kept = document.querySelector('" + ROWS
                + "'); window.kept.querySelector('.action button').focus()");

        gateway.beat();
        gateway.beat();
        gateway.beat();

        browser.awaitTrue(
                "return performance.getEntriesByType('resource').filter(e => e.name.includes('/sessions?')).length > 1");
        browser.awaitTrue("return window.kept.isConnected && window.kept.contains(document.activeElement)");
    }

    /** Text of peers reaches each column as text, and what cannot be seen is shown. */
    @Test
    void neverMakesMarkupOfText() {
        String hostile = "<img src=x onerror=document.title='run'><script>document.title='run'</script>\u0007";
        String shown = "<img src=x onerror=document.title='run'><script>document.title='run'</script>\\u{7}";
        gateway.respond(
                "refusals",
                Map.of("total", 1, "refusals", List.of(CannedGateway.refusal(1, "peer", hostile, hostile, hostile))));
        gateway.respond(
                "servers",
                Map.of(
                        "servers",
                        List.of(CannedGateway.server(hostile, hostile, Map.of("sessions", 1, "failures", 0)))));
        gateway.respond("actions", Map.of("actions", List.of(CannedGateway.action(hostile, hostile, hostile))));
        gateway.respond("config", Map.of("text", hostile));

        browser.reload();
        browser.awaitText(
                "#refusals-table td:nth-child(4)", detail -> assertThat(detail).isEqualTo(shown));
        browser.click("#config-details summary");
        browser.awaitText("#config-text", text -> assertThat(text).startsWith("<img"));
        gateway.send("config", Map.of("result", "kept", "problems", List.of(hostile)));
        browser.awaitText("#config-problems", text -> assertThat(text).startsWith("<img"));
        browser.click("#refusals-table button");
        browser.awaitText("#confirm-title", title -> assertThat(title).contains("<img"));

        assertThat(browser.all("main img, main script, dialog img, dialog script"))
                .isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("ftp-alg");
        browser.assertQuiet();
    }

    @Test
    void asksBeforeItEndsASessionAndReportsThat() {
        String id = browser.text(ROWS + " td");

        browser.click(ROWS + " .action button");
        browser.awaitText("#confirm-title", title -> assertThat(title).isEqualTo("End session " + id + "?"));
        assertThat(gateway.posts()).isEmpty();
        browser.click("#confirm-ok");

        browser.awaitText("#announcement", text -> assertThat(text).isEqualTo("Session " + id + " ended."));
        assertThat(gateway.posts()).containsExactly("sessions/" + id + "/end {}");
    }

    @Test
    void doesNothingWhenADialogIsCancelled() {
        browser.click("#drain");
        browser.click("#confirm-cancel");
        browser.click("#reload");
        browser.press(Keys.ESCAPE);

        browser.awaitTrue("return !document.querySelector('dialog[open]')");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("reload");
        assertThat(gateway.posts()).isEmpty();
    }

    @Test
    void sendsEachActionOnce() {
        confirm(
                "#servers-table tr:nth-child(1) button",
                "servers/eject {\"server\":\"10.1.0.5:21\",\"listener\":\"0.0.0.0:21\"}");
        confirm(
                "#servers-table tr:nth-child(4) button",
                "servers/return {\"server\":\"10.1.0.8:21\",\"listener\":\"0.0.0.0:21\"}");
        confirm("#reload", "reload {}");
        confirm("#maintenance", "maintenance {\"on\":true,\"text\":\"Closed for maintenance.\"}");
        gateway.respond("status", gateway.status("maintenance"));
        gateway.beat();
        browser.awaitText("#maintenance", caption -> assertThat(caption).isEqualTo("Maintenance off"));
        confirm("#maintenance", "maintenance {\"on\":false}");
        confirm("#refusals-table button", "blocks {\"network\":\"203.0.113.9\",\"seconds\":3600,\"endSessions\":true}");
        browser.type("#blocks-network", "2001:db8::/32");
        confirm("#blocks-form button", "blocks {\"network\":\"2001:db8::/32\",\"seconds\":3600,\"endSessions\":true}");
        browser.choose("#log-level", "debug");
        browser.click("#log-form button");
        await().untilAsserted(() -> assertThat(gateway.posts()).last().isEqualTo("log-level {\"level\":\"debug\"}"));
        browser.click("#drain");
        browser.type("#confirm-input", "soon");
        browser.click("#confirm-ok");
        browser.awaitText("#confirm-error", error -> assertThat(error).startsWith("\"soon\" is no number of seconds"));
        browser.type("#confirm-input", "60");
        browser.click("#confirm-ok");
        await().untilAsserted(() -> assertThat(gateway.posts()).last().isEqualTo("drain {\"graceSeconds\":60}"));
        assertThat(gateway.posts()).hasSize(9);
        browser.assertQuiet();
    }

    private void confirm(String button, String post) {
        browser.click(button);
        browser.awaitTrue("return document.querySelector('#confirm').open");
        browser.click("#confirm-ok");
        browser.awaitTrue("return !document.querySelector('#confirm').open");
        await().untilAsserted(() -> assertThat(gateway.posts()).last().isEqualTo(post));
    }

    @Test
    void showsWhyAnActionWasRefusedAndKeepsTheDialog() {
        gateway.refuse("the gateway drains already");

        browser.click("#reload");
        browser.click("#confirm-ok");

        browser.awaitText(
                "#confirm-error", error -> assertThat(error).isEqualTo("the gateway drains already (try later)"));
        assertThat(browser.run("return document.querySelector('#confirm').open"))
                .isEqualTo(true);
    }

    @Test
    void showsEventsAsTheyCome() {
        gateway.send("refusal", CannedGateway.refusal(0, "session", "REFUSED_BY_GATE", "192.0.2.66:4000", ""));
        gateway.respond(
                "actions", Map.of("actions", List.of(CannedGateway.action("eject-server", "10.1.0.5:21", "done"))));
        gateway.send("action", CannedGateway.action("eject-server", "10.1.0.5:21", "done"));
        gateway.send(
                "servers",
                Map.of(
                        "servers",
                        List.of(CannedGateway.server(
                                "10.1.0.5:21", "returning", Map.of("sessions", 0, "failures", 0)))));
        gateway.beat();

        browser.awaitText("#refusals-table tbody td:nth-child(2)", client -> assertThat(client)
                .isEqualTo("192.0.2.66:4000"));
        browser.awaitText("#refusals-total", total -> assertThat(total).isEqualTo("318 since the start"));
        browser.awaitText("#actions-table tbody td:nth-child(2)", action -> assertThat(action)
                .isEqualTo("eject server"));
    }

    @Test
    void connectsAgainWhenTheConnectionEnds() {
        gateway.cut();
        browser.awaitText("#state", state -> assertThat(state).startsWith("No connection: "));

        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
        assertThat(gateway.followers()).isEqualTo(1);
    }

    /** A page beyond the bound says so, and follows as soon as another one is closed. */
    @Test
    void saysThatThereAreTooManyPages() throws Exception {
        browser.open("about:blank");
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < AdminLimits.STREAMS; i++) {
                Socket other = new Socket("127.0.0.1", URI.create(gateway.url()).getPort());
                others.add(other);
                other.getOutputStream()
                        .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII));
                assertThat(other.getInputStream().read()).isEqualTo('H');
            }
            browser.open(gateway.url());
            browser.awaitText("#state", state -> assertThat(state).contains("event streams already"));
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }

        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
    }

    @Test
    void stopsWhileItIsPaused() {
        browser.click("#pause");
        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Paused"));
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.followers() == 0);
        assertThat(browser.run("return document.querySelector('#pause').getAttribute('aria-pressed')"))
                .isEqualTo("true");

        browser.click("#pause");
        browser.awaitText("#state", state -> assertThat(state).isEqualTo("Ready"));
    }

    /** What the page does at an event does not grow with the sessions: it fetches one page of them, and keeps its rows. */
    @Test
    void isQuickWithManySessions() {
        browser.choose("#sessions-size", "100");
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(100));
        browser.run(
                "window.changes = 0; new MutationObserver(list => { window.changes += list.filter(c => c.type === 'childList'"
                        + " && c.target.tagName === 'TBODY').length }).observe(document.querySelector('#sessions-table'),"
                        + " {childList: true, subtree: true}); performance.clearResourceTimings()");

        for (int i = 0; i < 20; i++) {
            gateway.beat();
        }
        browser.awaitTrue(
                "return performance.getEntriesByType('resource').filter(e => e.name.includes('/sessions?')).length > 2");

        assertThat(browser.run("return window.changes")).isEqualTo(0L);
        assertThat(browser.run("return document.querySelectorAll('*').length < 3500"))
                .isEqualTo(true);
        assertThat(browser.run(
                        "return Math.max(...performance.getEntriesByType('resource').map(e => e.decodedBodySize))"
                                + " < 100000"))
                .isEqualTo(true);
    }

    @Test
    void asksForTheTokenAndKeepsItInThisTabOnly() throws Exception {
        gateway.close();
        gateway = CannedGateway.start(3, Optional.of(Secret.of("correct horse")));
        browser.open(gateway.url());

        browser.awaitTrue("return document.activeElement.id === 'token'");
        browser.press("wrong", Keys.ENTER);
        browser.awaitText("#login-error", error -> assertThat(error).isEqualTo("The token is wrong."));
        browser.awaitTrue("return document.activeElement.id === 'token'");
        browser.press("correct horse", Keys.ENTER);
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(3));

        assertThat(browser.run("return document.cookie")).isEqualTo("");
        assertThat(browser.run("return localStorage.length")).isEqualTo(0L);
        browser.reload();
        browser.awaitTexts(ROWS, rows -> assertThat(rows).hasSize(3));
        browser.click("#sign-out");
        browser.awaitTrue("return document.activeElement.id === 'token' && sessionStorage.length === 0");
        assertThat(browser.run("return document.querySelector('#main').checkVisibility()"))
                .isEqualTo(false);
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.followers() == 0);
    }
}
