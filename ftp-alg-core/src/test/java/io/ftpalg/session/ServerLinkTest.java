package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import org.junit.jupiter.api.Test;

class ServerLinkTest {

    @Test
    void forgetsASyntaxThatTheServerRefused() {
        ServerLink link = Playbook.loggedIn().session().server();
        assertThat(link.candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.EPSV, DataSyntax.PASV);

        link.refuses(DataSyntax.EPSV);

        assertThat(link.candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.PASV);
    }

    @Test
    void triesAgainWhereNothingElseIsLeft() {
        ServerLink link = Playbook.cast().serverOverIpv6().loggedIn().session().server();

        link.refuses(DataSyntax.EPSV);

        assertThat(link.candidates(DataSyntax.PASV)).containsExactly(DataSyntax.EPSV);
    }

    @Test
    void knowsItsServerOnceConnected() {
        ServerLink link = Playbook.cast().begin().session().server();
        assertThat(link.address()).isNull();

        assertThat(Playbook.loggedIn().session().server().address()).isEqualTo(Playbook.SERVER);
    }
}
