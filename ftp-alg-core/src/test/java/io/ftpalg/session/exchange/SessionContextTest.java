package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.session.Playbook;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionContextTest {
    private final SessionContext session = Playbook.loggedIn().context();

    @Test
    void requestsARouteByAllThatIsKnownOfTheClient() {
        session.proxyLogin().identity().is(new ProxyUser("fw", Set.of()));
        session.host().said("ftp.example");

        assertThat(session.request().client()).isEqualTo(Playbook.CLIENT);
        assertThat(session.request().proxyUser()).contains(new ProxyUser("fw", Set.of()));
        assertThat(session.request().host()).contains("ftp.example");
    }

    @Test
    void forgetsTheClient() {
        session.proxyLogin().identity().is(new ProxyUser("fw", Set.of()));
        session.host().said("ftp.example");
        session.prelude().keep(FtpCommand.of(FtpVerb.CLNT, "x"));

        session.forgetClient();

        assertThat(session.request().proxyUser()).isEmpty();
        assertThat(session.request().host()).isEmpty();
        assertThat(session.prelude().commands()).isEmpty();
    }
}
