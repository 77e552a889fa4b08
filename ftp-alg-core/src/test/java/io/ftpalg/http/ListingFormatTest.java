package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.http.ListEntry.Kind;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingFormatTest {

    private static String html(String url, String name, Kind kind) throws HttpRefusal {
        StringBuilder out = new StringBuilder();
        ListingFormat format = ListingFormat.of(FtpUrl.parse(url), false);
        format.begin(out);
        format.entry(out, new ListEntry(name, kind, OptionalLong.of(5), Optional.of("today")));
        format.text(out, "<plain>");
        format.end(out);
        return out.toString();
    }

    /** Links lead to the entry from wherever the list was asked for. */
    @ParameterizedTest
    @CsvSource({
        "ftp://h/a/dir/, ftp://h/a/dir/x%20y, ftp://h/a/",
        "ftp://h/a/dir, ftp://h/a/dir/x%20y, ftp://h/a/",
        "ftp://h/a/dir;type=d, ftp://h/a/dir/x%20y, ftp://h/a/",
        "ftp://h/a/dir/;type=d, ftp://h/a/dir/x%20y, ftp://h/a/",
        "ftp://h/%2Fetc, ftp://h/%2Fetc/x%20y, ftp://h/",
        "ftp://h/%2F/, ftp://h/%2F/x%20y, ''",
        "ftp://h/, ftp://h/x%20y, ''",
    })
    void linksLeadToTheEntryAndUp(String url, String entry, String up) throws HttpRefusal {
        String html = html(url, "x y", Kind.FILE);
        String[] links = html.split("<a href=\"");

        assertThat(URI.create(url).resolve(links[links.length - 1].replaceFirst("(?s)\".*", "")))
                .hasToString(entry);
        assertThat(links).hasSize(up.isEmpty() ? 2 : 3);
        if (!up.isEmpty()) {
            assertThat(URI.create(url).resolve(links[1].replaceFirst("(?s)\".*", "")))
                    .hasToString(up);
        }
    }

    @Test
    void escapesEverythingOfTheServer() throws HttpRefusal {
        String html = html("ftp://h/%3Cb%3E/", "<script>\"'&", Kind.DIRECTORY);

        assertThat(html)
                .contains("<title>Index of ftp://h/&lt;b&gt;/</title>")
                .contains("<a href=\"%3Cscript%3E%22%27%26/\">&lt;script&gt;&quot;&#39;&amp;/</a>")
                .contains("&lt;plain&gt;\n")
                .doesNotContain("<script")
                .doesNotContain("<plain");
    }

    @Test
    void aNameIsNoScheme() throws HttpRefusal {
        assertThat(html("ftp://h/", "javascript:alert(1)", Kind.FILE)).contains("href=\"javascript%3Aalert%281%29\"");
    }

    @Test
    void jsonHasWhatIsKnown() throws HttpRefusal {
        StringBuilder out = new StringBuilder();
        ListingFormat format = ListingFormat.of(FtpUrl.parse("ftp://h/a"), true);
        format.begin(out);
        format.entry(out, new ListEntry("\u00C3\u00A4", Kind.FILE, OptionalLong.of(5), Optional.of("today")));
        format.entry(out, new ListEntry("l", Kind.LINK, OptionalLong.empty(), Optional.empty()));
        format.text(out, "\"?");
        format.end(out);

        assertThat(out).hasToString("""
                        {"directory":"ftp://h/a","entries":[
                        {"name":"\u00E4","type":"file","href":"a/%C3%A4","size":5,"modified":"today"},
                        {"name":"l","type":"link","href":"a/l"},
                        {"text":"\\"?"}
                        ]}
                        """);
    }
}
