package io.ftpalg.http;

import org.junit.jupiter.api.Test;

class RemovalTest {

    @Test
    void ofAFile() throws HttpRefusal {
        new HttpScript("DELETE", "ftp://h/x").login("DELE x").reply("250 gone", "respond 204", "QUIT");
    }

    @Test
    void ofADirectory() throws HttpRefusal {
        new HttpScript("DELETE", "ftp://h/x/").login("RMD x").reply("250 gone", "respond 204", "QUIT");
        new HttpScript("DELETE", "ftp://h/x/").login("RMD x").reply("550 not empty", "respond 404", "QUIT");
    }

    @Test
    void ofWhatIsNotThere() throws HttpRefusal {
        new HttpScript("DELETE", "ftp://h/x")
                .login("DELE x")
                .reply("550 none", "SIZE x")
                .reply("550 none", "respond 404", "QUIT");
    }

    @Test
    void ofWhatStays() throws HttpRefusal {
        new HttpScript("DELETE", "ftp://h/x")
                .login("DELE x")
                .reply("550 denied", "SIZE x")
                .reply("213 5", "respond 403", "QUIT");
        new HttpScript("DELETE", "ftp://h/x").login("DELE x").reply("502 Command not allowed.", "respond 403", "QUIT");
    }
}
