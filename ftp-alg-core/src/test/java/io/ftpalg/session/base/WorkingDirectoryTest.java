package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDirectoryTest {
    private final WorkingDirectory directory = new WorkingDirectory();

    private void reply(FtpVerb verb, String argument, int code, String text) {
        directory.onReply(FtpCommand.of(verb, argument), new ReplyLine(code, ReplyLine.Position.ONLY, text));
    }

    @Test
    void isUnknownAtFirst() {
        assertThat(directory.path()).isEmpty();
    }

    /** RFC 959 appendix II: a quote in a pathname is doubled. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "|\"/\" is the current directory|,/",
                "|\"/a b\"|,/a b",
                "|\"/say \"\"hi\"\"\" created|,|/say \"hi\"|",
                "|\"C:\\in\"|,|C:\\in|"
            })
    void isWhatPwdNames(String text, String path) {
        reply(FtpVerb.PWD, "", 257, text);

        assertThat(directory.path()).contains(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "\"\"", "\"/a", "", "\"/a\"\""})
    void isUnknownBehindATextWithoutAPathname(String text) {
        reply(FtpVerb.CWD, "/old", 250, "ok");

        reply(FtpVerb.PWD, "", 257, text);

        assertThat(directory.path()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/,/", "/a,/a", "/a/,/a", "//a///b/,/a/b", "x,/home/x", "x/y/,/home/x/y", "...,/home/..."})
    void followsCwd(String argument, String path) {
        reply(FtpVerb.XPWD, "", 257, "\"/home\"");

        reply(FtpVerb.CWD, argument, 250, "ok");

        assertThat(directory.path()).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "x/..", "/a/../b", ".", "/a/.", "~", "~bob", "", "a\\b", "/in/*", "x[1]", "{a}"})
    void isUnknownBehindAPathThatOnlyTheServerResolves(String argument) {
        reply(FtpVerb.CWD, "/home", 250, "ok");

        reply(FtpVerb.CWD, argument, 250, "ok");

        assertThat(directory.path()).isEmpty();
    }

    @Test
    void isUnknownBehindCdupAndAnotherLogin() {
        reply(FtpVerb.CWD, "/home", 250, "ok");
        reply(FtpVerb.CDUP, "", 200, "ok");
        assertThat(directory.path()).isEmpty();

        reply(FtpVerb.XCWD, "/home", 250, "ok");
        directory.forget();
        assertThat(directory.path()).isEmpty();
        reply(FtpVerb.CWD, "x", 250, "ok");
        assertThat(directory.path()).isEmpty();
    }

    @Test
    void staysWhereACommandWasRefusedOrIsAnother() {
        reply(FtpVerb.CWD, "/home", 250, "ok");

        reply(FtpVerb.CWD, "/etc", 550, "no");
        reply(FtpVerb.CDUP, "", 550, "no");
        reply(FtpVerb.PWD, "", 550, "no");
        reply(FtpVerb.MKD, "x", 257, "\"/home/x\"");

        assertThat(directory.path()).contains("/home");
    }
}
