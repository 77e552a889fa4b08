package io.ftpalg.session.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.ServerTls;
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
        Playbook.cast().serverTls(ServerTls.implicitly()).begin().play("""
                . start
                ! route
                . route
                ! connect
                . server-connected
                ! tls SERVER
                . secured SERVER
                S> 220 ready
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
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
        Playbook.cast().forward().withUsers().begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                C> USER joe@fw@ftp.example
                C< 331 Password required.
                C> PASS secret@fwpass
                ! authenticate fw fwpass
                . authenticated fw
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< USER joe
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
