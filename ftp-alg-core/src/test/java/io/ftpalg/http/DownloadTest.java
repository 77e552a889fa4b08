package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

    private static HttpScript toTime(String method, String... headers) throws HttpRefusal {
        return new HttpScript(method, "ftp://h/a/x", headers)
                .login("TYPE I")
                .reply("200 ok", "SIZE a/x")
                .reply("213 10", "MDTM a/x");
    }

    private static HttpScript toData(String... headers) throws HttpRefusal {
        return toTime("GET", headers).reply("213 19941106084937", "EPSV");
    }

    @Test
    void isWholeWhenItIsConfirmed() throws HttpRefusal {
        HttpScript script = toData().reply("229 (|||1|)", "connect", "RETR a/x")
                .reply("150 opening", "download 200")
                .reply("226 done", "complete", "QUIT");

        assertThat(script.head().length()).hasValue(10);
        assertThat(script.header("Last-Modified")).isEqualTo(DATE);
        assertThat(script.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(script.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource({"426 aborted", "451 error", "550 gone", "421 timeout"})
    void isCutIfItIsNotConfirmed(String reply) throws HttpRefusal {
        toData().reply("229 (|||1|)", "connect", "RETR a/x")
                .reply("150 opening", "download 200")
                .reply(reply, "cut", "leave");
    }

    @Test
    void isCutIfTheSessionEnds() throws HttpRefusal {
        HttpScript script = toData().reply("229 (|||1|)", "connect", "RETR a/x").reply("150 opening", "download 200");

        script.conversation().onSessionEnded();

        script.expect("cut", "leave");
    }

    @Test
    void hasNoLengthThatIsNotCertain() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("500 what", "MDTM x")
                .reply("500 what", "EPSV")
                .reply("229 (|||1|)", "connect", "RETR x")
                .reply("150 opening", "download 200");

        assertThat(script.head().length()).isEmpty();
        assertThat(script.header("Last-Modified")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"213 1x", "213", "213 1234567890123456789", "213 -1", "250 10"})
    void believesNoSizeThatIsNone(String reply) throws HttpRefusal {
        HttpScript script = new HttpScript("HEAD", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply(reply, "MDTM x")
                .reply("213 19941106084937", "respond 200", "QUIT");

        assertThat(script.head().length()).isEmpty();
    }

    @Test
    void ofTextHasNoLengthAndNoRanges() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x;type=a", "range", "bytes=5-")
                .login("TYPE A")
                .reply("200 ok", "MDTM x")
                .reply("213 19941106084937", "EPSV")
                .reply("229 (|||1|)", "connect", "RETR x")
                .reply("150 opening", "download 200");

        assertThat(script.head().length()).isEmpty();
        assertThat(script.header("Content-Type")).isEqualTo("text/plain");
        assertThat(script.header("Accept-Ranges")).isEqualTo("none");
    }

    @Test
    void reportsATypeThatTheServerRefuses() throws HttpRefusal {
        new HttpScript("GET", "ftp://h/x").login("TYPE I").reply("504 no", "respond 502", "QUIT");
    }

    // ---- Range

    @Test
    void restartsForARange() throws HttpRefusal {
        HttpScript script = toData("range", "bytes=4-")
                .reply("229 (|||1|)", "connect", "REST 4")
                .reply("350 restarting", "RETR a/x")
                .reply("150 opening", "download 206")
                .reply("226 done", "complete", "QUIT");

        assertThat(script.header("Content-Range")).isEqualTo("bytes 4-9/10");
        assertThat(script.head().length()).hasValue(6);
    }

    @Test
    void leavesWhenARangeIsThrough() throws HttpRefusal {
        HttpScript script = toData("range", "bytes=0-3")
                .reply("229 (|||1|)", "connect", "RETR a/x")
                .reply("150 opening", "download 206 most 4");

        script.conversation().onEnough();

        script.expect("complete", "leave").reply("426 aborted").expect();
        assertThat(script.header("Content-Range")).isEqualTo("bytes 0-3/10");
        assertThat(script.head().length()).hasValue(4);
    }

    @Test
    void sendsTheWholeFileIfTheServerCannotRestart() throws HttpRefusal {
        HttpScript script = toData("range", "bytes=4-5")
                .reply("229 (|||1|)", "connect", "REST 4")
                .reply("502 no", "RETR a/x")
                .reply("150 opening", "download 200");

        assertThat(script.head().length()).hasValue(10);
    }

    @Test
    void refusesARangeOutsideOfTheFile() throws HttpRefusal {
        HttpScript script = toTime("GET", "range", "bytes=10-").reply("213 19941106084937", "respond 416", "QUIT");

        assertThat(script.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void sendsTheWholeFileIfItWasModified() throws HttpRefusal {
        toData("range", "bytes=4-", "if-range", "Sun, 06 Nov 1994 08:49:38 GMT")
                .reply("229 (|||1|)", "connect", "RETR a/x");
        toData("range", "bytes=4-", "if-range", DATE).reply("229 (|||1|)", "connect", "REST 4");
    }

    // ---- If-Modified-Since

    @ParameterizedTest
    @CsvSource({"37, true", "38, true", "36, false"})
    void isNotSentUnlessModified(String second, boolean old) throws HttpRefusal {
        HttpScript script = toTime("GET", "if-modified-since", DATE.replace("37", second));

        if (old) {
            script.reply("213 19941106084937", "respond 304", "QUIT");
        } else {
            script.reply("213 19941106084937", "EPSV");
        }
    }

    @Test
    void isSentIfItsTimeIsUnknown() throws HttpRefusal {
        toTime("GET", "if-modified-since", DATE).reply("550 no", "EPSV");
    }

    // ---- HEAD

    @Test
    void ofTheHeadNeedsNoData() throws HttpRefusal {
        HttpScript script = toTime("HEAD").reply("213 19941106084937", "respond 200", "QUIT");

        assertThat(script.head().length()).hasValue(10);
        assertThat(script.body()).isEmpty();
    }

    @Test
    void ofTheHeadOfWhatIsNotThere() throws HttpRefusal {
        HttpScript script = new HttpScript("HEAD", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("550 none", "CWD x")
                .reply("550 none", "respond 404", "QUIT");

        assertThat(script.body()).isEmpty();
    }

    @Test
    void ofTheHeadAtAServerThatHasNeitherSizeNorTime() throws HttpRefusal {
        new HttpScript("HEAD", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("502 no", "MDTM x")
                .reply("502 no", "respond 501", "QUIT");
        new HttpScript("HEAD", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("502 no", "MDTM x")
                .reply("550 none", "CWD x")
                .reply("250 ok", "respond 200", "QUIT");
    }

    // ---- failures

    @Test
    void isADirectoryAfterAll() throws HttpRefusal {
        new HttpScript("GET", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("550 none", "MDTM x")
                .reply("550 none", "EPSV")
                .reply("229 (|||1|)", "connect", "RETR x")
                .reply("550 none", "CWD x")
                .reply("250 ok", "TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("150 opening", "download 200");
    }

    @Test
    void isNotThere() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x")
                .login("TYPE I")
                .reply("200 ok", "SIZE x")
                .reply("550 none", "MDTM x")
                .reply("550 none", "EPSV")
                .reply("229 (|||1|)", "connect", "RETR x")
                .reply("550 first", "CWD x")
                .reply("550 second", "respond 404", "QUIT");

        assertThat(script.body()).contains("550 first");
    }

    @Test
    void isForbiddenIfItIsThere() throws HttpRefusal {
        toData().reply("229 (|||1|)", "connect", "RETR a/x").reply("550 permission denied", "respond 403", "QUIT");
    }

    @ParameterizedTest
    @CsvSource({
        "425 no data, 502",
        "530 log in, 403",
        "'451 The gateway could not decide on the command in time, try again later.', 504"
    })
    void isRefused(String reply, int status) throws HttpRefusal {
        toData().reply("229 (|||1|)", "connect", "RETR a/x").reply(reply, "respond " + status, "QUIT");
    }
}
