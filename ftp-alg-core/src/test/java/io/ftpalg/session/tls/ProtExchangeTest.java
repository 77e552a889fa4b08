package io.ftpalg.session.tls;

import static io.ftpalg.session.Logins.ASKED_FOR_THE_PASSWORD;
import static io.ftpalg.session.server.ServerSecuringTest.DATA_PROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.Timers;
import org.junit.jupiter.api.Test;

/** TLS7. */
class ProtExchangeTest {

    private static Playbook bothSecured() {
        return Playbook.cast()
                .clientTls(ClientTls.OPTIONAL)
                .serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR))
                .greeted()
                .play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> PBSZ 0
                C< 200 PBSZ=0
                """);
    }

    @Test
    void protectsBothSidesOrNone() {
        Playbook play = bothSecured().play("""
                C> PROT P
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
                C< 200 Data connections are under TLS.
                """);

        assertThat(play.context().protection().isDataPrivate()).isTrue();
        assertThat(play.context().server().tls().isDataPrivate()).isTrue();
        play.play("""
                C> PROT C
                S< PROT C
                S> 200 clear
                C< 200 Data connections are in the clear.
                """);
        assertThat(play.context().server().tls().isDataPrivate()).isFalse();
    }

    /** Data that is in the clear and stays so is nothing to agree on. */
    @Test
    void answersClearDataItselfWhereTheServersIsClear() {
        Playbook play = bothSecured().play("""
                C> PROT C
                C< 200 Data connections are in the clear.
                ~
                """);

        assertThat(play.context().timers().isRunning(Timers.Kind.REPLY)).isFalse();
        play.play("""
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                ~
                """);
    }

    /** A refusal before the login may only be too early. */
    @Test
    void isSentAgainAfterTheLogin() {
        Playbook play = bothSecured().play("""
                C> PROT P
                S< PBSZ 0
                S> 530 log in
                S< PROT P
                S> 530 log in
                C< 200 Data connections are under TLS.
                """ + ASKED_FOR_THE_PASSWORD + """
                C> PASS secret
                S< PASS secret
                C> NOOP
                S> 230 in
                C< 230 in
                """ + DATA_PROTECTED + """
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);

        assertThat(play.context().server().tls().isDataPrivate()).isTrue();
    }

    /** The client takes it back before the login. */
    @Test
    void isNotSentAgainOnceTheClientWantsClearData() {
        bothSecured().play("""
                C> PROT P
                S< PBSZ 0
                S> 503 log in
                S< PROT P
                S> 503 log in
                C< 200 Data connections are under TLS.
                C> PROT C
                C< 200 Data connections are in the clear.
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                C> NOOP
                S< NOOP
                """);
    }

    /** The client was promised protected data: its transfers are refused, and nothing becomes clear. */
    @Test
    void refusesTransfersOfAServerThatRefusesItAfterTheLoginToo() {
        Playbook play = bothSecured().play("""
                C> PROT P
                S< PBSZ 0
                S> 500 what?
                S< PROT P
                S> 500 what?
                C< 200 Data connections are under TLS.
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                S< PBSZ 0
                S> 500 what?
                S< PROT P
                S> 500 what?
                C> EPSV
                S< EPSV
                S> 229 here (|||40001|)
                ! dial SERVER 127.0.0.2 40001
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 40002
                C< 229 here (|||40002|)
                C> RETR f
                C< 521 The server's data connections cannot be under TLS.
                C> PROT P
                S< PBSZ 0
                S> 500 what?
                S< PROT P
                S> 500 what?
                C< 534 This protection of data is not allowed.
                """);

        assertThat(play.context().server().tls().isDataPrivate()).isFalse();
    }

    @Test
    void refusesWhatTheServerRefuses() {
        Playbook play = bothSecured().play("""
                C> PROT P
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 534 no
                C< 534 This protection of data is not allowed.
                """);

        assertThat(play.context().protection().isDataPrivate()).isFalse();
    }
}
