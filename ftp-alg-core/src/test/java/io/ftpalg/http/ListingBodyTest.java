package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ListingBodyTest {

    private static String body(String url, boolean json, boolean facts, String... pieces) throws HttpRefusal {
        ListingBody body = new ListingBody(ListingFormat.of(FtpUrl.parse(url), json), facts);
        StringBuilder all = new StringBuilder();
        for (String piece : pieces) {
            all.append(new String(body.append(piece.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.UTF_8));
        }
        return all.append(new String(body.end(), StandardCharsets.UTF_8)).toString();
    }

    @Test
    void joinsLinesThatComeInPieces() throws HttpRefusal {
        String body = body("ftp://h/", true, true, "type=fi", "le; a\r", "\ntype=dir; b\n\r\n", "type=file; c");

        assertThat(body)
                .contains("\"name\":\"a\",\"type\":\"file\",\"href\":\"a\"")
                .contains("\"name\":\"b\",\"type\":\"directory\",\"href\":\"b/\"")
                .contains("\"name\":\"c\"");
    }

    @Test
    void isWholeWithoutEntries() throws HttpRefusal {
        assertThat(body("ftp://h/x/", true, true)).isEqualTo("{\"directory\":\"ftp://h/x/\",\"entries\":[\n]}\n");
        assertThat(body("ftp://h/x/", false, true))
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n");
    }

    @Test
    void cutsALineThatIsTooLong() throws HttpRefusal {
        String longest = "x".repeat(ListingBody.LONGEST_LINE);

        assertThat(body("ftp://h/", true, false, longest + "\n")).contains('"' + longest + '"');
        assertThat(body("ftp://h/", true, false, longest + "y\nz"))
                .contains('"' + longest + '"')
                .contains("\"z\"");
    }
}
