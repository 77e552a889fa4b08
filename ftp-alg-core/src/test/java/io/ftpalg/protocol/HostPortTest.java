package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "ftp.example.com, ftp.example.com, 21",
        "FTP.Example.com:2121, ftp.example.com, 2121",
        "localhost., localhost., 21",
        "10.0.0.1, 10.0.0.1, 21",
        "10.0.0.1:1, 10.0.0.1, 1",
        "[::1]:65535, ::1, 65535",
        "[2001:DB8::1], 2001:db8::1, 21",
        "2001:db8::1, 2001:db8::1, 21",
        "::1:21, ::1:21, 21",
        "xn--mnchen-3ya.de, xn--mnchen-3ya.de, 21",
        "a_b.example, a_b.example, 21",
        "1a.2b, 1a.2b, 21",
        "3com.com:021, 3com.com, 21",
        "a, a, 21"
    })
    void readsAServer(String text, String host, int port) {
        assertThat(HostPort.parse(text)).contains(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":21",
                ".",
                "a..b",
                ".a",
                "-a",
                "a-",
                "a.-b",
                "a b",
                "a\tb",
                "a/b",
                "a@b",
                "a%b",
                "f\u00fcr.de",
                "a,b",
                "a:",
                "a:0",
                "a:65536",
                "a:99999",
                "a:100000",
                "a:-1",
                "a:+1",
                "a:2x",
                "a:\u0661",
                "a:21\n",
                "a\n",
                "a\r\n",
                "a\0",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0x7f000001",
                "0177.0.0.1",
                "1.2.3.4.",
                "1.2.3.256",
                "1.2.3.4.5",
                "1",
                "0x",
                "[::1",
                "::1]",
                "[]",
                "[]:21",
                "[::1]:",
                "[::1]21",
                "[::1]:0",
                "[a]:21",
                "[10.0.0.1]:21",
                "[fe80::1%eth0]",
                "fe80::1%eth0",
                ":::",
                "1:2:3",
                "*.example.com",
                "[::ffff:0177.0.0.1]"
            })
    void refusesWhatIsNoServer(String text) {
        assertThat(HostPort.parse(text)).isEmpty();
    }

    @Test
    void takesThePortThatTheCallerNamesIfTheTextNamesNone() {
        assertThat(HostPort.parse("a", 990)).contains(new HostPort("a", 990));
        assertThat(HostPort.parse("[::1]", 990)).contains(new HostPort("::1", 990));
        assertThat(HostPort.parse("a:2121", 990)).contains(new HostPort("a", 2121));
    }

    @ParameterizedTest
    @CsvSource({"a, 21, a:21", "10.0.0.1, 2121, 10.0.0.1:2121", "::1, 21, [::1]:21"})
    void readsWhatItWrites(String host, int port, String text) {
        assertThat(new HostPort(host, port)).hasToString(text);
        assertThat(HostPort.parse(text)).contains(new HostPort(host, port));
    }

    @Test
    void holdsANameAsLongAsDnsAllows() {
        String label = "a".repeat(63);

        assertThat(HostPort.parse(label + ".b")).isPresent();
        assertThat(HostPort.parse(label + "a.b")).isEmpty();
        assertThat(HostPort.parse("a.".repeat(126) + "a")).isPresent();
        assertThat(HostPort.parse("a.".repeat(127) + "a")).isEmpty();
        assertThat(HostPort.parse("a.".repeat(16384))).isEmpty();
        assertThat(HostPort.parse("1.".repeat(16384))).isEmpty();
    }

    @Test
    void cannotBeMadeOfWhatIsNoServer() {
        assertThatThrownBy(() -> new HostPort("a b", 21)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("127.1", 21)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("[::1]", 21)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("a", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("a", 65536)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new HostPort("A.B", 21).host()).isEqualTo("a.b");
    }

    @ParameterizedTest
    @CsvSource({
        "Ftp.Example.COM., ftp.example.com",
        "ftp.example.com, ftp.example.com",
        "*.Example.com, *.example.com",
        "a.., a."
    })
    void comparesNamesInOneSpelling(String name, String canonical) {
        assertThat(HostPort.canonicalName(name)).isEqualTo(canonical);
    }
}
