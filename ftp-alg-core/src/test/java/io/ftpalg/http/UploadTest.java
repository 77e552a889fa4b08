package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {

    private static HttpScript toStore(String size) throws HttpRefusal {
        return new HttpScript("PUT", "ftp://h/a/x", "content-length", "5")
                .login("TYPE I")
                .reply("200 ok", "SIZE a/x")
                .reply(size, "EPSV")
                .reply("229 (|||1|)", "connect", "STOR a/x");
    }

    @ParameterizedTest
    @CsvSource({"550 none, 201", "213 10, 204"})
    void isDoneWhenItIsConfirmed(String size, int status) throws HttpRefusal {
        HttpScript script = toStore(size).reply("150 go", "upload");

        script.conversation().onUploaded();

        script.expect().reply("226 done", "respond " + status, "QUIT");
        assertThat(script.body()).isEmpty();
    }

    @Test
    void isNotDoneIfItIsConfirmedBeforeItsEnd() throws HttpRefusal {
        toStore("550 none").reply("150 go", "upload").reply("226 done", "respond 502", "QUIT");
    }

    @ParameterizedTest
    @CsvSource({"550 denied, 403", "553 name, 403", "552 full, 507", "452 full, 507", "425 data, 502"})
    void isRefused(String reply, int status) throws HttpRefusal {
        toStore("550 none").reply(reply, "respond " + status, "QUIT");

        HttpScript late = toStore("550 none").reply("150 go", "upload");
        late.conversation().onUploaded();
        late.reply(reply, "respond " + status, "QUIT");
    }

    @Test
    void isNotDoneIfTheSessionEnds() throws HttpRefusal {
        HttpScript script = toStore("550 none").reply("150 go", "upload");
        script.conversation().onUploaded();

        script.conversation().onSessionEnded();

        script.expect("respond 502", "QUIT");
    }

    @Test
    void needsTheNameOfAFile() throws HttpRefusal {
        HttpScript script = new HttpScript("PUT", "ftp://h/a/", "content-length", "5")
                .reply("220 hello", "USER anonymous")
                .reply("230 in", "respond 400", "QUIT");

        assertThat(script.body()).contains("names a file");
    }

    @Test
    void ofTextIsOfTypeA() throws HttpRefusal {
        new HttpScript("PUT", "ftp://h/x;type=a", "content-length", "5")
                .login("TYPE A")
                .reply("504 no", "respond 502", "QUIT");
    }
}
