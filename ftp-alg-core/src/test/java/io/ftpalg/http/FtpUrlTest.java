package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FtpUrlTest {

    @Test
    void hasServerUserAndPath() throws HttpRefusal {
        FtpUrl url = FtpUrl.parse("FTP://joe%40home:se%3Acret@files.example:2121/pub/a%20b.txt;type=a");

        assertThat(url.server()).isEqualTo(new HostPort("files.example", 2121));
        assertThat(url.credentials().orElseThrow().user()).isEqualTo("joe@home");
        assertThat(url.credentials().orElseThrow().password()).contains(Secret.of("se:cret"));
        assertThat(url.path()).isEqualTo("pub/a b.txt");
        assertThat(url.type()).isEqualTo(FtpUrl.Type.ASCII);
        assertThat(url.directory()).isFalse();
        assertThat(url.toString()).doesNotContain("se:cret");
    }

    /** RFC 1738 section 3.2.2: a first segment that begins with an encoded slash is absolute; clients write an empty one. */
    @ParameterizedTest
    @CsvSource({
        "ftp://h, '', true, ''",
        "ftp://h/, '', true, ''",
        "ftp://h/a/b, a/b, false, b",
        "ftp://h/a/b/, a/b, true, ''",
        "ftp://h/a/b;type=d, a/b, true, b",
        "ftp://h/a/b/;type=d, a/b, true, ''",
        "ftp://h/a/b;TYPE=I, a/b, false, b",
        "ftp://h/%2Fetc/motd, /etc/motd, false, motd",
        "ftp://h/%2Fetc, /etc, false, %2Fetc",
        "ftp://h//etc/motd, /etc/motd, false, motd",
        "ftp://h/%2F, /, false, %2F",
        "ftp://h/%2F/, /, true, ''",
        "ftp://h//, /, true, ''",
        "ftp://h/file.txt;1, file.txt;1, false, file.txt%3B1",
        "ftp://h/a?b, a?b, false, a%3Fb",
        "ftp://h/..a/b.., ..a/b.., false, b..",
    })
    void joinsSegmentsToOnePath(String text, String path, boolean directory, String last) throws HttpRefusal {
        FtpUrl url = FtpUrl.parse(text);

        assertThat(url.path()).isEqualTo(path);
        assertThat(url.directory()).isEqualTo(directory);
        assertThat(url.lastSegment()).isEqualTo(last);
    }

    @Test
    void readsBytesAsTheyAre() throws HttpRefusal {
        assertThat(FtpUrl.parse("ftp://h/%C3%B6%FF").path()).isEqualTo("\u00C3\u00B6\u00FF");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://[2001:db8::1]/x, 2001:db8::1, 21",
        "ftp://[2001:DB8::1]:990/x, 2001:db8::1, 990",
        "ftp://192.0.2.1:65535/x, 192.0.2.1, 65535",
    })
    void readsAddresses(String text, String host, int port) throws HttpRefusal {
        assertThat(FtpUrl.parse(text).server()).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/x",
                "ftp://a@b@c/x",
                "ftp://a@b@c",
                "ftp://@h/x",
                "ftp://:pw@h/x",
                "ftp:///x",
                "ftp://h:/x",
                "ftp://h:0/x",
                "ftp://h:65536/x",
                "ftp://h:21x/x",
                "ftp://2001:db8::1/x",
                "ftp://[2001:db8::1/x",
                "ftp://[fe80::1%25eth0]/x",
                "ftp://h%2Fevil/x",
                "ftp://127.1/x",
                "ftp://0x7f.1/x",
                "ftp://h/%0D%0ADELE%20x",
                "ftp://h/a%00",
                "ftp://h/a%7f",
                "ftp://u%0d%0a@h/x",
                "ftp://u:p%0a@h/x",
                "ftp://h/..",
                "ftp://h/../x",
                "ftp://h/a/../../x",
                "ftp://h/%2e%2E/x",
                "ftp://h/a/%2F../x",
                "ftp://h/a%5C..%5Cb",
                "ftp://h/./x",
                "ftp://h/a%",
                "ftp://h/a%4",
                "ftp://h/a%g0",
                "ftp://h/a%0g",
                "ftp://h/a;type=x",
                "ftp://h/a;type=",
                "ftp://h/a;type=i;type=a",
                "ftp://h/a;type=i/b",
                "ftp://h/a b",
                "ftp://h/a#b",
                "ftp://h/\u00E4",
            })
    void refusesWhatIsNotWellFormedOrLeadsElsewhere(String text) {
        HttpRefusal refusal = catchThrowableOfType(HttpRefusal.class, () -> FtpUrl.parse(text));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.text()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://joe:pw@h/a/b, ftp://h/a/b",
        "ftp://h:2121/a/, ftp://h:2121/a/",
        "ftp://[::1]/%2F/, ftp://[::1]//",
        "ftp://h, ftp://h/",
    })
    void isDisplayedWithoutItsUser(String text, String shown) throws HttpRefusal {
        assertThat(FtpUrl.parse(text).display()).isEqualTo(shown);
    }
}
