package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Headless Chromium with one page, moved by its driver. Not thread-safe; the test class that started it owns it. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    /** Says that the driver knows nothing of the newest DevTools, which no test needs. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it with a profile of its own; without Chromium the test is skipped. */
    static Browser start(Path profile) {
        Path chromium = Peers.require("chromium");
        Path chromedriver = Peers.require("chromedriver");
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                // Chromium's sandbox does not start as root, and the only pages are ours.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.view(1280, 900, "light");
        return browser;
    }

    /** Sets the size of the window, and whether its user likes light or dark; that user likes no motion. */
    void view(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        media(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
    }

    /** Sets what the user prefers. */
    void media(Map<String, String> features) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        features.entrySet().stream()
                                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                                .toList()));
    }

    /** Opens a page as in a new tab: nothing is left of what was stored before. */
    void open(String url) {
        if (driver.getCurrentUrl().startsWith("http:")) {
            run("sessionStorage.clear()");
        }
        console();
        driver.get(url);
    }

    /** Loads the page again; its tab keeps what it has stored. */
    void reload() {
        driver.navigate().refresh();
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits until this is there and can be used, and clicks it. */
    void click(String css) {
        until(css, () -> {
            driver.findElement(By.cssSelector(css)).click();
            return true;
        });
    }

    /** Replaces what is in a field. */
    void type(String css, String text) {
        until(css, () -> {
            WebElement field = driver.findElement(By.cssSelector(css));
            field.clear();
            field.sendKeys(text);
            return true;
        });
    }

    /** Chooses an option of a list. */
    void choose(String css, String option) {
        driver.findElement(By.cssSelector(css)).sendKeys(option);
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        for (CharSequence key : keys) {
            driver.switchTo().activeElement().sendKeys(key);
        }
    }

    /** Presses Tab until this has the focus. */
    void tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            if (Boolean.TRUE.equals(run("return document.activeElement.matches(arguments[0])", css))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("Tab does not lead to " + css);
    }

    /** Returns the text that is seen of the first that matches; empty if there is none. */
    String text(String css) {
        return texts(css).stream().findFirst().orElse("");
    }

    /** Returns the texts of all that match, as they are in the document, at one time. */
    @SuppressWarnings("unchecked")
    List<String> texts(String css) {
        return (List<String>) Objects.requireNonNull(
                run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())", css));
    }

    /** Waits until the text of the first that matches satisfies this. */
    void awaitText(String css, ThrowingConsumer<String> expected) {
        await(css).atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> expected.accept(text(css)));
    }

    /** Waits until the texts of all that match satisfy this. */
    void awaitTexts(String css, ThrowingConsumer<List<String>> expected) {
        await(css).atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> expected.accept(texts(css)));
    }

    /** Waits until a script returns true. */
    void awaitTrue(String script, Object... arguments) {
        await(script).atMost(PATIENCE).pollInterval(POLL).until(() -> Boolean.TRUE.equals(run(script, arguments)));
    }

    private static void until(String what, Supplier<Boolean> attempt) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptionsMatching(failure -> failure instanceof org.openqa.selenium.WebDriverException
                        || failure instanceof StaleElementReferenceException)
                .until(attempt::get);
    }

    /** Runs a script in the page and returns what it returns. */
    @Nullable
    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** Returns what screen readers get: each node with its role, name and properties. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> accessibilityTree() {
        driver.executeCdpCommand("Accessibility.enable", Map.of());
        return (List<Map<String, Object>>)
                Objects.requireNonNull(driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                        .get("nodes"));
    }

    /** Returns what the console has, errors and violations of the policy too, and empties it. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Checks that the console has nothing. */
    void assertQuiet() {
        assertThat(console()).isEmpty();
    }

    /** Returns a picture of the window, as PNG. */
    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
