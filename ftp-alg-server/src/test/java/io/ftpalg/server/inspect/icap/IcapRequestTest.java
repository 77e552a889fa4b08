package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.inspect.scan.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcapRequestTest {
    private static final IcapOptions OPTIONS = new IcapOptions(
            Set.of("REQMOD", "RESPMOD"),
            Optional.of(1024),
            true,
            Optional.empty(),
            Duration.ofSeconds(1),
            "",
            List.of());

    private static IcapRequest request(boolean details, InspectedTransfer transfer) {
        IcapSettings settings = new IcapSettings(
                IcapUrl.of("icap://a/scan?x=y"), OnFailure.REJECT, 1, 1, Duration.ofSeconds(1), details, details);
        return IcapRequest.of(settings, OPTIONS, transfer);
    }

    @Test
    void anUploadIsAPut() {
        assertThat(lines(request(false, Transfers.upload("a b.txt")).head())).isEqualTo("""
                REQMOD icap://a:1344/scan?x=y ICAP/1.0
                Host: a:1344
                User-Agent: ftp-alg
                Allow: 204
                Preview: 1024
                Encapsulated: req-hdr=0, req-body=107

                PUT ftp://ftp.invalid/dir/a%20b.txt HTTP/1.1
                Host: ftp.invalid
                Content-Type: application/octet-stream

                """);
    }

    @Test
    void aDownloadIsTheResponseToAGet() {
        assertThat(lines(request(false, Transfers.download("/f")).head())).endsWith("""
                Encapsulated: req-hdr=0, res-hdr=55, res-body=114

                GET ftp://ftp.invalid/f HTTP/1.1
                Host: ftp.invalid

                HTTP/1.1 200 OK
                Content-Type: application/octet-stream

                """);
    }

    private static String lines(String head) {
        return head.replace("\r\n", "\n");
    }

    @Test
    void namesClientAndUserIfItIsSet() {
        assertThat(request(true, Transfers.upload("f")).head())
                .contains("X-Client-IP: 192.0.2.1\r\nX-Authenticated-User: am9l\r\n");
    }

    @Test
    void asksForOptions() {
        assertThat(lines(IcapRequest.options(IcapUrl.of("icap://[::1]/s")))).isEqualTo("""
                OPTIONS icap://[::1]:1344/s ICAP/1.0
                Host: [::1]:1344
                User-Agent: ftp-alg
                Encapsulated: null-body=0

                """);
    }

    /** Nothing of a path ends a line of the request. */
    @ParameterizedTest
    @CsvSource({"a%b, /dir/a%25b", "\u00e4, /dir/%E4", "/abs, /abs", "a?b#c, /dir/a%3Fb%23c", "'a\tb\"', /dir/a%09b%22"
    })
    void escapesPaths(String path, String escaped) {
        assertThat(request(false, Transfers.upload(path)).head()).contains("PUT ftp://ftp.invalid" + escaped + " HTTP");
    }

    @ParameterizedTest
    @CsvSource({"1999, 2000", "2000, 2000", "2001, 2000"})
    void boundsPaths(int length, int kept) {
        assertThat(IcapRequest.path(Transfers.download("x".repeat(length))))
                .startsWith("/x")
                .hasSize(kept);
    }

    @ParameterizedTest
    @CsvSource({"/, /f", "/a/, /a/f", "a, /a/f", ", /f"})
    void isRelativeToTheDirectory(String directory, String path) {
        assertThat(IcapRequest.path(Transfers.of(FtpVerb.STOR, "f", Side.CLIENT, Optional.ofNullable(directory))))
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/a.b/c, ''", "/a.b/c.TXT, txt", "/.profile, profile", "/a., ''"})
    void findsTheExtension(String path, String extension) {
        assertThat(IcapRequest.extension(path)).isEqualTo(extension);
    }
}
