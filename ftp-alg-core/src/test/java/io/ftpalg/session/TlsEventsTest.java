package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import org.junit.jupiter.api.Test;

class TlsEventsTest {

    private static Playbook implicit(TlsUse data) {
        ClientTls tls = new ClientTls(TlsUse.OPTIONAL, data, AuthMode.TERMINATE, false, false, false);
        return Playbook.cast().clientTls(tls.implicitly()).begin().play("""
                . start
                ! tls CLIENT
                ~
                """);
    }

    @Test
    void beginsAnImplicitSessionOnceItIsSecured() {
        Playbook play = implicit(TlsUse.OPTIONAL).play("""
                . secured CLIENT
                ! route
                """);

        assertThat(play.context().protection().isDataPrivate()).isTrue();
        assertThat(play.context().protection().isBufferSizeAgreed()).isTrue();
    }

    @Test
    void protectsNoDataWhereThatIsOff() {
        assertThat(implicit(TlsUse.OFF).play("""
                . secured CLIENT
                ! route
                """).context().protection().isDataPrivate())
                .isFalse();
    }

    @Test
    void endsAnImplicitSessionThatFailsAtTlsWithoutAWord() {
        Playbook play = implicit(TlsUse.OPTIONAL).play("""
                . tls-failed CLIENT
                ! end
                ~
                """);

        assertThat(play.events().of(AlgListener.SessionClosed.class))
                .extracting(AlgListener.SessionClosed::cause)
                .containsExactly(CloseCause.TLS_FAILED);
    }

    @Test
    void waitsForNoHandshakeLongerThanForALogin() {
        implicit(TlsUse.OPTIONAL).play("""
                . elapse 60s
                C< 421 Login took too long.
                ! end
                """);
    }

    @Test
    void tellsNobodyOfWhatComesTooLate() {
        Playbook play = implicit(TlsUse.OPTIONAL).play("""
                . client-gone
                ! end
                . secured CLIENT
                . tls-failed SERVER
                . cleared
                . data-secured CLIENT
                ~
                """);

        assertThat(play.events().of(AlgListener.SessionSecured.class)).isEmpty();
    }
}
