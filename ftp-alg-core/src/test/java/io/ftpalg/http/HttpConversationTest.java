package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConversationTest {

    @Test
    void logsInAsTheUserOfTheUrl() throws HttpRefusal {
        new HttpScript("GET", "ftp://joe:secret@h/x")
                .reply("120 wait")
                .reply("220 hello", "USER joe")
                .reply("331 password", "PASS secret")
                .reply("230 in", "TYPE I");
    }

    @Test
    void logsInWithAnEmptyPasswordThatIsThere() throws HttpRefusal {
        new HttpScript("GET", "ftp://joe:@h/x").reply("220 hello", "USER joe").reply("331 password", "PASS ");
    }

    @Test
    void needsNoPasswordWhereTheServerDoesNot() throws HttpRefusal {
        new HttpScript("GET", "ftp://joe@h/x").reply("220 hello", "USER joe").reply("230 in", "TYPE I");
    }

    @Test
    void asksForThePasswordThatIsMissing() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://joe@[::1]:2121/x")
                .reply("220 hello", "USER joe")
                .reply("331 password", "respond 401", "QUIT");

        assertThat(script.header("WWW-Authenticate")).isEqualTo("Basic realm=\"FTP server [::1]:2121\"");
    }

    @ParameterizedTest
    @CsvSource({"530 no, 401", "332 account, 401", "421 gone, 502", "530 Only anonymous logins are allowed here., 403"})
    void reportsALoginThatFails(String reply, int status) throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x")
                .reply("220 hello", "USER anonymous")
                .reply("331 password", "PASS me@here")
                .reply(reply, "respond " + status, "QUIT");

        assertThat(script.header("WWW-Authenticate").equals("none")).isEqualTo(status != 401);
    }

    @ParameterizedTest
    @CsvSource({
        "421 Service not available., 502",
        "421 No reply from the server., 504",
        "421 The gateway is shutting down., 503",
        "530 no access, 502",
    })
    void reportsAServerThatIsNotThere(String reply, int status) throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x").reply(reply, "respond " + status, "QUIT");

        assertThat(script.body()).contains(reply);
    }

    @Test
    void escapesAllLinesOfTheServersText() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x");

        script.conversation().onReply(new FtpReply(530, List.of("<b>first</b>", " & more", "last")));

        assertThat(script.body())
                .contains("530 &lt;b&gt;first&lt;/b&gt;\n &amp; more\nlast\n")
                .doesNotContain("<b>");
    }

    @Test
    void reportsASessionThatEndsBeforeTheResponse() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x").login("TYPE I");

        script.conversation().onSessionEnded();
        script.conversation().onSessionEnded();

        script.expect("respond 502", "QUIT");
    }

    @Test
    void ignoresWhatComesBehindTheResponse() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/x").reply("421 no", "respond 502", "QUIT");

        script.reply("221 bye").reply("421 no");
        script.conversation().onSessionEnded();
        script.conversation().onEnough();
        script.expect();
    }

    @Test
    void usesPasvWhereEpsvIsRefused() throws HttpRefusal {
        new HttpScript("GET", "ftp://h/")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("502 no", "PASV")
                .reply("227 (127,0,0,1,4,1)", "connect", "MLSD");
    }

    @ParameterizedTest
    @CsvSource({"425 no, 502", "421 gone, 502"})
    void reportsThatThereIsNoDataPort(String reply, int status) throws HttpRefusal {
        new HttpScript("GET", "ftp://h/")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply(reply, "respond " + status, "QUIT");
        new HttpScript("GET", "ftp://h/")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("500 no", "PASV")
                .reply(reply, "respond " + status, "QUIT");
    }
}
