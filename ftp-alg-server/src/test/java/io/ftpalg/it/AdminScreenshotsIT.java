package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of the admin page in docs/; with {@code -Dftpalg.docs=write} they are made again. */
@Timeout(120)
class AdminScreenshotsIT {
    private static final boolean WRITE = "write".equals(System.getProperty("ftpalg.docs"));
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1160;
    private static final int LARGEST = 120_000;

    @TempDir
    private static Path temp = Path.of(".");

    private static Browser browser;
    private static CannedGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(temp.resolve("profile"));
        gateway = CannedGateway.start(9_867, Optional.empty());
        gateway.respond("blocks", Map.of("blocks", List.of(CannedGateway.block("203.0.113.7/32"))));
        gateway.respond(
                "actions",
                Map.of(
                        "actions",
                        List.of(
                                CannedGateway.action("block", "203.0.113.7/32", "done"),
                                CannedGateway.action("eject-server", "10.1.0.8:21", "done"),
                                CannedGateway.action("reload", "", "done"))));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void areOfThePageAsItIs(String scheme) throws Exception {
        Path file = Path.of("..", "docs", "admin-" + scheme + ".png");
        browser.view(WIDTH, HEIGHT, scheme);
        browser.open(gateway.url());
        browser.awaitTexts("#sessions-table tbody tr", rows -> assertThat(rows).hasSize(10));
        browser.click("#sessions-table th:nth-child(8) button");
        browser.awaitText("#sessions-table tbody td:nth-child(8)", rate -> assertThat(rate)
                .contains("MB/s"));
        browser.awaitTexts("#actions-table tbody tr", rows -> assertThat(rows).hasSize(3));
        browser.run("document.activeElement.blur()");
        byte[] picture = SmallPng.of(browser.screenshot());

        assertThat(picture).hasSizeLessThan(LARGEST);
        if (WRITE) {
            Files.write(file, picture);
        }
        // Fonts differ from machine to machine, so the pictures are not compared point by point.
        assertThat(ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .getWidth())
                .isEqualTo(WIDTH);
        assertThat(Files.size(file)).isLessThan(LARGEST);
        browser.assertQuiet();
    }
}
