package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void escapesTextsOfServersInHtml() {
        String page = Page.text(404, List.of("550 <script>alert(\"x\")</script> & 'y' \u0001\u009B"), TextForm.HTML);

        assertThat(page)
                .contains("550 &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39; \uFFFD\uFFFD\n")
                .doesNotContain("<script");
    }

    @Test
    void escapesTextsOfServersInJson() {
        String page = Page.text(404, List.of("550-\"a\" \\ <b>", "\u0001 \u2028"), TextForm.JSON);

        assertThat(page)
                .isEqualTo("{\"status\":404,\"text\":\"550-\\\"a\\\" \\\\ \\u003cb>\\u000a\\u0001 \\u2028\"}\n");
    }

    @Test
    void isLinesOfText() {
        assertThat(Page.text(404, List.of("550-<a>", "550 \u0001"), TextForm.PLAIN))
                .isEqualTo("550-<a>\n550 \uFFFD\n");
        assertThat(Page.head(404, TextForm.PLAIN).headers())
                .contains(new ResponseHead.Header("Content-Type", "text/plain; charset=utf-8"))
                .contains(new ResponseHead.Header("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void allowsNothingToRun() {
        assertThat(Page.head(200, TextForm.HTML).headers())
                .contains(new ResponseHead.Header("Content-Security-Policy", Page.POLICY))
                .contains(new ResponseHead.Header("X-Content-Type-Options", "nosniff"));
        assertThat(Page.head(404, TextForm.JSON).headers())
                .contains(new ResponseHead.Header("Content-Type", "application/json"));
    }
}
