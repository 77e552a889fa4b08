package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The admin page for people who use a keyboard, a screen reader, a small window, or need contrast (WCAG 2.2 AA). */
@Timeout(120)
class AdminPageAccessIT {
    private static final Set<String> NAMED = Set.of(
            "button",
            "link",
            "textbox",
            "searchbox",
            "combobox",
            "image",
            "table",
            "dialog",
            "region",
            "navigation",
            "columnheader",
            "form",
            "search",
            "heading",
            "DisclosureTriangle");

    /** Returns each visible text whose contrast with what is behind it is too low, as text, ratio and colours. */
    private static final String LOW_CONTRAST = """
            const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
              .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = (e) => { for (let at = e; at; at = at.parentElement) {
              const back = rgb(getComputedStyle(at).backgroundColor); if (back[3] !== 0) return back; } return [255, 255, 255]; };
            const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
            const low = [];
            const check = (e, color, least, what) => { const r = ratio(rgb(color), behind(e.parentElement && what === 'border' ? e.parentElement : e));
              if (r < least) low.push(`${what} of ${e.tagName} ${e.id} ${e.textContent.trim().slice(0, 30)}: ${r.toFixed(2)}`); };
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let seen = 0;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const e = node.parentElement;
              if (!node.data.trim() || !e.checkVisibility({checkVisibilityCSS: true}) || e.disabled || e.tagName === 'OPTION') continue;
              seen++;
              check(e, getComputedStyle(e).color, 4.5, 'text');
            }
            for (const e of document.querySelectorAll('input, select')) {
              if (e.checkVisibility()) check(e, getComputedStyle(e).borderTopColor, 3, 'border');
              if (e.placeholder && e.checkVisibility()) check(e, getComputedStyle(e, '::placeholder').color, 4.5, 'placeholder');
            }
            return seen < 100 ? [`only ${seen} texts were checked`] : low;
            """;

    private static final String SMALL_TARGETS = """
            return [...document.querySelectorAll('button, input, select, summary, nav a')]
              .filter((e) => e.checkVisibility())
              .filter((e) => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
              .map((e) => e.outerHTML);
            """;

    @TempDir
    private static Path temp = Path.of(".");

    private static Browser browser;
    private static CannedGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(temp.resolve("profile"));
        gateway = CannedGateway.start(200, Optional.empty());
        gateway.respond("blocks", Map.of("blocks", List.of(CannedGateway.block("203.0.113.7/32"))));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            gateway.close();
        }
    }

    @BeforeEach
    void open() {
        show(1280, 900, "light");
    }

    private static void show(int width, int height, String scheme) {
        browser.view(width, height, scheme);
        browser.open(gateway.url());
        browser.awaitTexts("#sessions-table tbody tr", rows -> assertThat(rows).hasSize(10));
        browser.awaitTexts(
                "#blocks-table tbody button", buttons -> assertThat(buttons).hasSize(1));
        browser.awaitTexts(
                "#certificates-table tbody tr", rows -> assertThat(rows).hasSize(2));
        browser.awaitTexts("#refusals-table tbody tr", rows -> assertThat(rows).hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void hasContrast(String scheme) {
        show(1280, 900, scheme);
        assertThat(browser.run(LOW_CONTRAST)).isEqualTo(List.of());

        browser.click("#drain");
        browser.type("#confirm-input", "x");
        browser.click("#confirm-ok");
        browser.awaitText("#confirm-error", error -> assertThat(error).isNotEmpty());
        assertThat(browser.run(LOW_CONTRAST)).isEqualTo(List.of());
    }

    @Test
    void namesWhateverHasARole() {
        browser.click("#drain");
        assertThat(unnamed()).isEmpty();
        browser.press(Keys.ESCAPE);
        assertThat(unnamed()).isEmpty();
        assertThat(roles()).contains("main", "navigation", "search", "status", "table", "columnheader", "image");
    }

    private static List<String> unnamed() {
        return browser.accessibilityTree().stream()
                .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                .filter(node -> NAMED.contains(value(node, "role"))
                        && value(node, "name").isBlank())
                .map(node -> value(node, "role") + " " + node.get("backendDOMNodeId"))
                .toList();
    }

    private static List<String> roles() {
        return browser.accessibilityTree().stream()
                .map(node -> value(node, "role"))
                .toList();
    }

    private static String value(Map<String, Object> node, String name) {
        return node.get(name) instanceof Map<?, ?> property && property.get("value") != null
                ? property.get("value").toString()
                : "";
    }

    @Test
    void isOneDocumentWithHeadingsInOrderAndIdsOfTheirOwn() {
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo("en");
        assertThat(browser.run("const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                        + "return ids.filter((id, i) => ids.indexOf(id) !== i)"))
                .isEqualTo(List.of());
        assertThat(browser.run("return [...document.querySelectorAll('main')].filter(e => e.checkVisibility()).length"))
                .isEqualTo(1L);
        assertThat(
                        browser.run(
                                "const levels = [...document.querySelectorAll('h1, h2, h3')].filter(e => e.checkVisibility())"
                                        + ".map(e => Number(e.tagName[1])); return levels.filter((l, i) => l > (levels[i - 1] ?? 0) + 1)"))
                .isEqualTo(List.of());
        assertThat(browser.run(
                        "return [...document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls], [for]')]"
                                + ".flatMap(e => ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'].map(a => e.getAttribute(a)))"
                                + ".filter(id => id && !document.getElementById(id))"))
                .isEqualTo(List.of());
    }

    /** Figures that change each second are not read out; what an action came to is. */
    @Test
    void readsOutWhatHappenedAndNoFigures() {
        assertThat(
                        browser.run(
                                "return [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].map(e => e.id)"))
                .isEqualTo(List.of("login-error", "notice", "confirm-error", "announcement"));
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        browser.press(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        browser.press(Keys.ENTER);
        assertThat(browser.run("return location.hash")).isEqualTo("#main");

        browser.tabTo("#sessions-table th:nth-child(12) button");
        browser.press(Keys.ENTER);
        browser.awaitText(
                "#sessions-table th[aria-sort]", title -> assertThat(title).isEqualTo("Open"));
        browser.tabTo("#sessions-table tbody tr:nth-child(2) .action button");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        String name = (String) browser.run("return document.activeElement.getAttribute('aria-label')");
        browser.press(Keys.ENTER);
        browser.awaitText("#confirm-title", title -> assertThat(title).isEqualTo(name + "?"));
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("confirm-cancel");
        browser.press(Keys.TAB);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("confirm-ok");
        browser.press(Keys.ENTER);

        browser.awaitText("#announcement", text -> assertThat(text).endsWith(" ended."));
        assertThat(gateway.posts()).last().asString().endsWith("/end {}");
        assertThat(browser.run("return document.activeElement.getAttribute('aria-label')"))
                .isEqualTo(name);
    }

    @Test
    void showsAllOfASession() {
        browser.click("#sessions-table tbody button");

        browser.awaitText("#details-list", list -> assertThat(list).contains("client side TLS protocol", "TLSv1.3"));
        browser.press(Keys.ESCAPE);
        browser.awaitTrue("return !document.querySelector('dialog[open]')");
        assertThat(browser.run(
                        "return document.activeElement === document.querySelector('#sessions-table tbody button')"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1280})
    void fitsWindowsOfAnyWidth(int width) {
        show(width, 800, "light");

        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser.run(SMALL_TARGETS)).isEqualTo(List.of());
    }

    @Test
    void movesNothingForThoseWhoWantNoMotion() {
        assertThat(browser.run("return getComputedStyle(document.documentElement).scrollBehavior"))
                .isEqualTo("auto");
        assertThat(browser.run("return document.getAnimations().length")).isEqualTo(0L);

        browser.media(Map.of("prefers-reduced-motion", "no-preference"));
        assertThat(browser.run("return getComputedStyle(document.documentElement).scrollBehavior"))
                .isEqualTo("smooth");
    }
}
