package io.ftpalg.session.tls;

import static io.ftpalg.session.Logins.connectedTo;
import static io.ftpalg.session.Logins.greeted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.Logins;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import org.junit.jupiter.api.Test;

/** TLS1, TLS2, TLS3, TLS7. */
class AuthExchangeTest {

    private static Playbook.Cast mirroring() {
        return Playbook.cast().clientTls(ClientTls.OPTIONAL).serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR));
    }

    private static CloseCause cause(Playbook play) {
        return play.events().of(AlgListener.SessionClosed.class).get(0).cause();
    }

    @Test
    void tellsTheListenerOfTheHandshake() {
        Playbook play = TlsRuleTest.secured(ClientTls.OPTIONAL);

        assertThat(play.events().of(AlgListener.SessionSecured.class))
                .containsExactly(new AlgListener.SessionSecured(1, Side.CLIENT, Playbook.TLS));
    }

    @Test
    void takesNoCommandBeforeTheHandshake() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                C> NOOP
                ~
                . secured CLIENT
                S< NOOP
                """);
    }

    @Test
    void closesOnACommandThatWasSentAlongInTheClear() {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL).loggedIn().play("""
                C> PWD
                S< PWD
                C> AUTH TLS
                C> DELE f
                S> 257 "/"
                C< 257 "/"
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_INJECTION);
        assertThat(play.events().of(AlgListener.Rejected.class))
                .extracting(AlgListener.Rejected::reason)
                .containsExactly(Reason.TLS_INJECTION);
    }

    @Test
    void closesOnBytesInTheClearBeforeTheHandshake() {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . injection CLIENT
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_INJECTION);
    }

    @Test
    void closesWithoutAWordWhenTheHandshakeFails() {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL).greeted().play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . tls-failed CLIENT
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void startsOverAtTheServerWhenSomebodyHadLoggedInBefore() {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL).loggedIn().play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                S< QUIT
                ! disconnect
                ! route
                . route
                ! connect
                . server-connected
                S> 220 ready again
                C> NOOP
                S< NOOP
                """);

        assertThat(play.state()).isEqualTo(SessionState.LOGIN);
    }

    @Test
    void goesBackToTheChoiceOfTheServerInForwardMode() {
        Playbook play =
                greeted(Playbook.cast().forward().clientTls(ClientTls.OPTIONAL)).play("""
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> PBSZ 0
                C< 200 PBSZ=0
                C> PROT P
                C< 200 Data connections are under TLS.
                C> USER joe@ftp.example.com
                ! route joe@ftp.example.com
                """);

        assertThat(play.state()).isEqualTo(SessionState.ROUTING);
    }

    @Test
    void bringsTheServerUnderTlsFirstWhereItFollows() {
        mirroring().greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> USER joe
                S< USER joe
                """);
    }

    @Test
    void refusesWhatTheServerRefusesWhereItFollows() {
        mirroring().greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 502 AUTH?
                C< 534 The server cannot be reached under TLS.
                C> USER joe
                S< USER joe
                """);
    }

    @Test
    void endsWithTheServerThatFailsAtTls() {
        Playbook play = mirroring().greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . tls-failed SERVER
                C< 534 The server cannot be reached under TLS.
                C< 421 Service not available.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void closesOnCommandsThatCameWhileTheServerWasAsked() {
        Playbook play = mirroring().greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                C> USER joe
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_INJECTION);
    }

    /** Somebody in between may have named it, and would hear the password that the client says under TLS. */
    @Test
    void leavesAServerThatWasNamedInTheClear() {
        Logins.greeted(Playbook.cast()
                        .forward()
                        .clientTls(ClientTls.OPTIONAL)
                        .serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR)))
                .play("""
                C> OPEN evil.example
                """ + connectedTo("evil.example") + """
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                S< QUIT
                ! disconnect
                C> USER joe
                C< 331 Password required.
                """);
    }
}
