package io.ftpalg.session.tls;

import static io.ftpalg.session.Logins.greeted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.AuthMode;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.TlsUse;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import org.junit.jupiter.api.Test;

/** TLS10, RFC 6384 section 5. */
class TransparentExchangeTest {
    private static final ClientTls PASSING =
            new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.PASSTHROUGH, false, false, false);

    private static Playbook transparent() {
        return Playbook.cast().clientTls(PASSING).greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 234 go on
                C< 234 go on
                ! transparent
                """);
    }

    @Test
    void passesBytesOnceTheServerAccepts() {
        Playbook play = transparent();

        assertThat(play.state()).isEqualTo(SessionState.TRANSPARENT);
        assertThat(play.events().of(AlgListener.SessionTransparent.class)).hasSize(1);
    }

    @Test
    void staysAGatewayWhereTheServerRefuses() {
        Playbook.cast().clientTls(PASSING).greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                S> 504 no
                C< 504 no
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void closesOnCommandsThatWouldReachTheServersTls() {
        Playbook play = Playbook.cast().clientTls(PASSING).greeted().play("""
                C> AUTH TLS
                S< AUTH TLS
                C> NOOP
                S> 234 go on
                ! end
                ~
                """);

        assertThat(play.events().of(AlgListener.SessionClosed.class))
                .extracting(AlgListener.SessionClosed::cause)
                .containsExactly(CloseCause.TLS_INJECTION);
    }

    @Test
    void needsAServerToPassItTo() {
        greeted(Playbook.cast().forward().clientTls(PASSING)).play("""
                C> AUTH TLS
                C< 530 Log in with USER user@host and PASS.
                ~
                """);
    }

    @Test
    void neverSpeaksIntoForeignTls() {
        transparent().play("""
                . server-gone
                ! end
                ~
                """);
        transparent().play("""
                . stop
                ~
                . stop-now
                ! end
                ~
                """);
    }

    private static CloseCause cause(Playbook play) {
        return play.events().of(AlgListener.SessionClosed.class).get(0).cause();
    }

    @Test
    void endsWhereTheClientNeverBeginsTls() {
        Playbook play = transparent().play("""
                . elapse 9.999s
                ~
                . elapse 0.001s
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void endsWhereTheServerNeverAnswersTheHandshake() {
        Playbook play = transparent().play("""
                . passed CLIENT
                . elapse 5s
                . passed CLIENT
                . elapse 5s
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void endsAfterAnHourWithoutAByte() {
        Playbook play = transparent().play("""
                . passed CLIENT
                . passed SERVER
                . elapse 3599s
                . passed CLIENT
                . elapse 3599s
                . passed SERVER
                . elapse 3599s
                ~
                . elapse 1s
                ! end
                ~
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.IDLE);
    }

    @Test
    void waitsForNoLoginAndNoCommand() {
        transparent().play("""
                . passed CLIENT
                . passed SERVER
                . elapse 3599s
                ~
                """);
    }
}
