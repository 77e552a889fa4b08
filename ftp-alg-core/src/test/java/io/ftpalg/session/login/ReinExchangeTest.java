package io.ftpalg.session.login;

import static io.ftpalg.session.Logins.JOINED_LOGIN;
import static io.ftpalg.session.Logins.forwardWithUsers;
import static io.ftpalg.session.server.ServerSecuringTest.DATA_PROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import io.ftpalg.session.tls.TlsRuleTest;
import io.ftpalg.session.transfer.TransferExchangeTest;
import org.junit.jupiter.api.Test;

/** L5, D18. */
class ReinExchangeTest {

    @Test
    void forgetsTheLoginAndTheDataPort() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> REIN
                S< REIN
                S> 220 anew
                C< 220 anew
                ! close CLIENT
                ! close SERVER
                """);

        assertThat(play.state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void changesNothingWhereTheServerRefuses() {
        Playbook play = TransferExchangeTest.passive().play("""
                C> REIN
                S< REIN
                S> 502 REIN?
                C< 502 REIN?
                C> RETR f
                S< RETR f
                """);

        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void endsTlsBehindItsAnswer() {
        Playbook play = TlsRuleTest.secured(ClientTls.OPTIONAL).play("""
                C> REIN
                S< REIN
                S> 220 anew
                C< 220 anew
                ! stop-tls
                C> NOOP
                ~
                . cleared
                S< NOOP
                """);

        assertThat(play.context().protection().isFresh()).isTrue();
    }

    @Test
    void startsOverAtAServerUnderTls() {
        Playbook.cast().serverTls(ServerTls.implicitly()).connected().play("""
                ! tls SERVER
                . secured SERVER
                S> 220 ready
                """ + DATA_PROTECTED + """
                C< 220 ready
                C> REIN
                S< REIN
                S> 220 anew
                C< 220 anew
                S< QUIT
                ! disconnect
                ! route
                . route
                ! connect
                """);
    }

    /** L5: not all servers know REIN, and none knows what the client was to the gateway. */
    @Test
    void isTheGatewaysOwnWhereTheClientNamedItsServer() {
        forwardWithUsers().play(JOINED_LOGIN + """
                S> 230 come in
                C< 230 come in
                C> REIN
                C< 220 Ready for a new user.
                S< QUIT
                ! disconnect
                C> USER joe@ftp.example
                C< 331 Password required.
                """);
    }
}
