package io.ftpalg.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataPortTextTest {

    @Test
    void findsTheAddressOfAPassiveReply() {
        assertThat(DataPortText.ofReply("227 Entering Passive Mode (127,0,0,1,4,5).\r\n"))
                .contains("227 (127,0,0,1,4,5)");
        assertThat(DataPortText.ofReply("229 Entering Extended Passive Mode (|||1029|)"))
                .contains("229 (|||1029|)");
    }

    @Test
    void findsTheAddressOfAnActiveCommand() {
        assertThat(DataPortText.ofCommand("PORT 127,0,0,1,4,5\r\n")).contains("PORT 127,0,0,1,4,5");
        assertThat(DataPortText.ofCommand("EPRT |1|127.0.0.1|1029|")).contains("EPRT |1|127.0.0.1|1029|");
    }

    @Test
    void ignoresEverythingElse() {
        assertThat(DataPortText.ofReply("226 Done (127,0,0,1,4,5)")).isEmpty();
        assertThat(DataPortText.ofCommand("RETR PORT 1")).isEmpty();
    }
}
