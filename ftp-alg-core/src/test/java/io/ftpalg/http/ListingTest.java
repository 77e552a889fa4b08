package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void ofADirectoryIsHtml() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/a/b/")
                .login("CWD a/b")
                .reply("250 ok", "TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("150 opening", "download 200");

        assertThat(script.listed("type=file;size=5; x\r\n")).contains("<a href=\"x\">x</a>");
        assertThat(script.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(script.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(script.header("Vary")).isEqualTo("Accept");
        assertThat(script.head().length()).isEmpty();
        script.reply("226 done", "complete", "QUIT");
    }

    @Test
    void isJsonForPrograms() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h", "accept", "application/json")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("150 opening", "download 200");

        assertThat(script.listed("type=file;size=5; x")).contains("{\"name\":\"x\"");
        assertThat(script.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void usesListWhereThereIsNoMlsd() throws HttpRefusal {
        HttpScript script = new HttpScript("GET", "ftp://h/;type=d")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("500 what", "EPSV")
                .reply("229 (|||2|)", "connect", "LIST")
                .reply("150 opening", "download 200");

        assertThat(script.listed("total 1\r\n-rw-r--r-- 1 o g 5 Jan  1 09:05 x\r\n"))
                .contains("<a href=\"x\">x</a>");
    }

    @Test
    void reportsWhatIsRefused() throws HttpRefusal {
        new HttpScript("GET", "ftp://h/a/").login("CWD a").reply("550 none", "respond 404", "QUIT");
        new HttpScript("GET", "ftp://h/")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("500 what", "EPSV")
                .reply("229 (|||2|)", "connect", "LIST")
                .reply("550 denied", "respond 404", "QUIT");
        new HttpScript("GET", "ftp://h/")
                .login("TYPE A")
                .reply("200 ok", "EPSV")
                .reply("229 (|||1|)", "connect", "MLSD")
                .reply("450 busy", "respond 404", "QUIT");
    }

    @Test
    void ofTheHeadOpensNothing() throws HttpRefusal {
        HttpScript script = new HttpScript("HEAD", "ftp://h/a/").login("CWD a").reply("250 ok", "respond 200", "QUIT");

        assertThat(script.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    }
}
