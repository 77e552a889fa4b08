package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.ServerTls;
import org.junit.jupiter.api.Test;

/** TLS7. */
class ProtExchangeTest {

    private static Playbook bothSecured() {
        return Playbook.cast().clientTls(ClientTls.OPTIONAL).serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR)).greeted()
                .play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT C
                S> 200 clear
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
                S< PROT P
                S> 200 private
                C< 200 Data connections are under TLS.
                """);

        assertThat(play.session().protection().isDataPrivate()).isTrue();
        assertThat(play.session().server().tls().isDataPrivate()).isTrue();
    }

    @Test
    void refusesWhatTheServerRefuses() {
        Playbook play = bothSecured().play("""
                C> PROT P
                S< PROT P
                S> 534 no
                C< 534 This protection of data is not allowed.
                """);

        assertThat(play.session().protection().isDataPrivate()).isFalse();
    }
}
