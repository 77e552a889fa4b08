package io.ftpalg.server.admin.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.admin.AdminRoutes;
import io.ftpalg.server.admin.AdminServer;
import io.ftpalg.server.settings.AdminSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page as a browser gets them, and what no browser would report of them. */
@Timeout(60)
class PageRoutesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AdminServer server = new AdminServer(routes());

    private static AdminRoutes routes() {
        AdminRoutes.Builder routes = AdminRoutes.builder();
        PageRoutes.addTo(routes);
        return routes.build();
    }

    @BeforeEach
    void open() throws Exception {
        server.prepare(Optional.of(new AdminSettings(
                        Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                        Optional.empty(),
                        false,
                        Optional.of(Secret.of("0123456789abcdef")),
                        List.of(),
                        Optional.empty())))
                .commit();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesEachFileWithoutAToken() throws Exception {
        for (PageFile file : PageFiles.read()) {
            HttpResponse<String> response = get(file.path());

            assertThat(response.statusCode()).as(file.path()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(new String(file.content(), UTF_8));
            assertThat(response.headers().firstValue("content-type")).contains(file.type());
            assertThat(response.headers().allValues("set-cookie")).isEmpty();
        }
    }

    /** No script from elsewhere, none in the page, and none that makes markup of text. */
    @Test
    void forbidsBrowsersWhatThePageDoesNotNeed() throws Exception {
        assertThat(get("/").headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'", "form-action 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(get("/").headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/PageFiles.class",
                "/page/",
                "/page",
                "/index.html",
                "/page/..%2fPageFiles.class",
                "/page/%2e%2e/main.js",
                "/page/main.js%00",
                "/page/main.js/",
                "//page/main.js"
            })
    void servesNothingElse(String path) throws Exception {
        // Paths that lead nowhere are refused before the token is asked for, or as unknown without one.
        assertThat(get(path).statusCode()).isIn(400, 401, 404);
    }

    @Test
    void hasNoScriptNoStyleAndNoAddressInThePage() {
        String page = text("index.html");

        assertThat(page).doesNotContainPattern("(?i)<style|<script(?![^>]*\\ssrc=)|\\sstyle=|\\son[a-z]+=|javascript:");
        assertThat(sources()).allSatisfy(source -> assertThat(source.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContainPattern(
                        "(?i)https?:|//[a-z]+\\.|innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\("));
    }

    @Test
    void listsEachFileThereIs() throws IOException {
        Path folder = Path.of(Objects.requireNonNull(PageFiles.class.getResource("index.html"))
                        .getPath())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".class"))
                    .toList();

            assertThat(PageFiles.read().stream()
                            .map(file -> file.path().equals("/")
                                    ? "index.html"
                                    : file.path().substring("/page/".length())))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void refersToWhatIsThere() {
        List<String> paths = PageFiles.read().stream().map(PageFile::path).toList();
        List<String> ids = found("\\sid=\"([^\"]+)\"", text("index.html"));

        assertThat(found("(?:src|href)=\"(page/[^\"]+)\"", text("index.html")))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(paths).contains("/" + path));
        assertThat(sources()).allSatisfy(source -> {
            assertThat(found("from \"\\./([^\"]+)\"", source))
                    .allSatisfy(name -> assertThat(paths).contains("/page/" + name));
            assertThat(found("byId\\(\"([^\"]+)\"\\)", source))
                    .allSatisfy(id -> assertThat(ids).contains(id));
        });
        assertThat(found("href=\"#([^\"]+)\"", text("index.html")))
                .allSatisfy(id -> assertThat(ids).contains(id));
    }

    /** The jar carries it, and each operator's browser loads it. */
    @Test
    void isSmall() {
        assertThat(PageFiles.read().stream()
                        .mapToInt(file -> file.content().length)
                        .sum())
                .isLessThan(100_000);
    }

    private static List<String> sources() {
        return PageFiles.read().stream()
                .map(file -> new String(file.content(), UTF_8))
                .toList();
    }

    private static String text(String name) {
        return PageFiles.read().stream()
                .filter(file -> name.equals("index.html")
                        ? file.path().equals("/")
                        : file.path().endsWith("/" + name))
                .map(file -> new String(file.content(), UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
