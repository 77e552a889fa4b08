package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.http.FileRequest.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRequestTest {
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

    static FileRequest request(String method, String target, String... headers) throws HttpRefusal {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
        }
        return FileRequest.of(method, target, name -> all.getOrDefault(name, List.of()));
    }

    private static HttpRefusal refusal(String method, String target, String... headers) {
        return catchThrowableOfType(HttpRefusal.class, () -> request(method, target, headers));
    }

    @Test
    void isPlain() throws HttpRefusal {
        FileRequest request = request("GET", "ftp://joe:pw@h/x");

        assertThat(request.method()).isEqualTo(Method.GET);
        assertThat(request.credentials()).isEqualTo(request.url().credentials()).isPresent();
        assertThat(request.range()).isEmpty();
        assertThat(request.modifiedSince()).isEmpty();
        assertThat(request.form()).isEqualTo(TextForm.HTML);
    }

    @Test
    void takesTheHeaderBeforeTheUrl() throws HttpRefusal {
        FileRequest request = request("DELETE", "ftp://joe:pw@h/x", "authorization", "Basic YW5uOnB3");

        assertThat(request.method()).isEqualTo(Method.DELETE);
        assertThat(request.credentials().orElseThrow().user()).isEqualTo("ann");
    }

    @Test
    void hasRangeAndDates() throws HttpRefusal {
        FileRequest request =
                request("GET", "ftp://h/x", "range", "bytes=4-", "if-range", DATE, "if-modified-since", DATE);

        assertThat(request.range()).isPresent();
        assertThat(request.rangeIfUnmodified()).contains(TIME);
        assertThat(request.modifiedSince()).contains(TIME);
    }

    @Test
    void ignoresARangeThatDoesNotCount() throws HttpRefusal {
        assertThat(request("HEAD", "ftp://h/x", "range", "bytes=4-").range()).isEmpty();
        assertThat(request("GET", "ftp://h/x", "range", "bytes=4-", "if-range", "\"tag\"")
                        .range())
                .isEmpty();
        assertThat(request("PUT", "ftp://h/x", "content-length", "1", "if-modified-since", DATE)
                        .modifiedSince())
                .isEmpty();
    }

    @Test
    void hasTheFormThatIsAccepted() throws HttpRefusal {
        assertThat(request("GET", "ftp://h/x", "accept", "application/json").form())
                .isEqualTo(TextForm.JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /index.html, 400, set ftp_proxy",
        "GET, *, 400, set ftp_proxy",
        "GET, http://h/, 501, ftp://",
        "GET, ftps://h/, 501, ftp://",
        "GET, ftp://a@b@c, 400, '%40'",
        "POST, ftp://h/x, 501, PUT",
        "get, ftp://h/x, 501, GET",
        "PUT, ftp://h/x, 411, Content-Length",
    })
    void refusesOtherTargetsAndMethods(String method, String target, int status, String words) {
        HttpRefusal refusal = refusal(method, target);

        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.text()).contains(words);
    }

    @Test
    void refusesBodiesThatMeanNothing() throws HttpRefusal {
        assertThat(refusal("GET", "ftp://h/x", "content-length", "5").status()).isEqualTo(400);
        assertThat(refusal("DELETE", "ftp://h/x", "transfer-encoding", "chunked")
                        .status())
                .isEqualTo(400);
        assertThat(refusal("PUT", "ftp://h/x", "content-length", "5", "content-range", "bytes 5-9/10")
                        .status())
                .isEqualTo(400);
        assertThat(request("GET", "ftp://h/x", "content-length", "0").method()).isEqualTo(Method.GET);
        assertThat(request("PUT", "ftp://h/x", "transfer-encoding", "chunked").method())
                .isEqualTo(Method.PUT);
    }

    @Test
    void refusesAHeaderThatIsThereTwice() {
        assertThat(refusal("GET", "ftp://h/x", "authorization", "Basic YTpi", "authorization", "Basic YTpi")
                        .text())
                .contains("authorization");
    }
}
