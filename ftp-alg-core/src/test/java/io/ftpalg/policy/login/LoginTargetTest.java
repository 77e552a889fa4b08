package io.ftpalg.policy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTargetTest {

    @ParameterizedTest
    @CsvSource({
        "ann@ftp.example.com, ann, ftp.example.com, 21",
        "ann@ftp.example.com:2121, ann, ftp.example.com, 2121",
        "ann@ftp.example.com 2121, ann, ftp.example.com, 2121",
        "ann@FTP.Example.com, ann, ftp.example.com, 21",
        "a@b.c@ftp.x, a@b.c, ftp.x, 21",
        "a@b@c@ftp.x:990, a@b@c, ftp.x, 990",
        "ann@10.0.0.1:1, ann, 10.0.0.1, 1",
        "ann@[::1]:65535, ann, ::1, 65535",
        "ann@[2001:db8::1], ann, 2001:db8::1, 21",
        "ann@[2001:db8::1] 2121, ann, 2001:db8::1, 2121",
        "ann@2001:db8::1, ann, 2001:db8::1, 21",
        "ann@2001:db8::1 2121, ann, 2001:db8::1, 2121",
        "ann lee@ftp.x, ann lee, ftp.x, 21",
        "'DOM\\ann@ftp.x', 'DOM\\ann', ftp.x, 21",
        "ann@localhost., ann, localhost., 21",
        "'ann\u00e9@ftp.x', 'ann\u00e9', ftp.x, 21"
    })
    void splitsAtTheLastAt(String login, String user, String host, int port) {
        assertThat(LoginTarget.parse(login)).contains(new LoginTarget(user, new HostPort(host, port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann@",
                "@",
                "@ftp.x",
                "ann@ftp.x@",
                "ann@ftp.x:",
                "ann@ftp.x:0",
                "ann@ftp.x:65536",
                "ann@ftp.x:99999999999",
                "ann@ftp.x:21x",
                "ann@ftp.x:-1",
                "ann@ftp.x:+21",
                "ann@ftp.x:\u0661",
                "ann@ftp.x ",
                "ann@ftp.x  21",
                "ann@ ftp.x",
                "ann@ftp.x 21 22",
                "ann@ftp.x:21 22",
                "ann@[::1]:21 22",
                "ann@[::1",
                "ann@::1]",
                "ann@[]",
                "ann@[]:21",
                "ann@[ftp.x]:21",
                "ann@[10.0.0.1]",
                "ann@[::1]21",
                "ann@[fe80::1%eth0]",
                "ann@fe80::1%1",
                "ann@127.1",
                "ann@2130706433",
                "ann@0x7f.1",
                "ann@0x7f000001",
                "ann@0177.0.0.1",
                "ann@010.0.0.1",
                "ann@256.1.1.1",
                "ann@1.2.3.4.",
                "ann@ftp..x",
                "ann@.ftp.x",
                "ann@-ftp.x",
                "ann@ftp-.x",
                "ann@ftp/x",
                "ann@ftp,x",
                "ann@f\u00fcr.de",
                "ann@ftp.x\t21",
                "ann\r@ftp.x",
                "ann\n@ftp.x",
                "x\ny@host",
                "ann\0@ftp.x",
                "ann\u001b[m@ftp.x",
                "ann\u007f@ftp.x",
                "ann\t@ftp.x",
                "ann@ftp\r.x",
                "ann@ftp.x\r",
                "ann@ftp.x\n",
                "ann@ftp.x\0",
                "ann@ftp.x:21\n",
                "\u0100@ftp.x"
            })
    void refusesWhatNamesNoServer(String login) {
        assertThat(LoginTarget.parse(login)).isEmpty();
    }

    @Test
    void refusesNamesLongerThanDns() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertThat(LoginTarget.parse("ann@" + longest)).isPresent();
        assertThat(LoginTarget.parse("ann@" + longest + "aaaa")).isEmpty();
        assertThat(LoginTarget.parse("ann@" + "a".repeat(64) + ".x")).isEmpty();
        assertThat(LoginTarget.parse("ann@" + "a.".repeat(4000))).isEmpty();
        assertThat(LoginTarget.parse("@".repeat(8000) + "ftp.x")).isPresent();
    }

    @Test
    void refusesAUserThatWouldBreakTheLine() {
        HostPort target = new HostPort("ftp.x", 21);

        assertThatThrownBy(() -> new LoginTarget("a\r\nDELE b", target)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoginTarget("", target)).isInstanceOf(IllegalArgumentException.class);
    }
}
