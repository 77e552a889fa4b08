package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

class ClientRepliesTest {

    @Test
    void closesAtOnceOnAnotherProtocolAndNamesTheSetting() {
        Playbook tls = Playbook.cast().greeted().play("C> #TLS\nS< QUIT\n! end\n~");
        Playbook proxy = Playbook.cast().greeted().play("C> #PROXY\nS< QUIT\n! end\n~");

        assertThat(tls.events().of(io.ftpalg.policy.AlgListener.SessionClosed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("--implicit-tls-listen"));
        assertThat(proxy.events().of(io.ftpalg.policy.AlgListener.SessionClosed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).contains("send-proxy"));
    }

    /** P11: three over-long lines in a row. */
    @Test
    void endsBehindThreeOverlongLinesInARow() {
        Playbook.loggedIn().play("""
                C> #TOO_LONG
                C< 500 Command line too long.
                C> #TOO_LONG
                C< 500 Command line too long.
                C> #TOO_LONG
                C< 500 Command line too long.
                C< 421 Too many bad commands.
                S< QUIT
                ! end
                """);
    }

    @Test
    void countsOverlongLinesAnewBehindACommand() {
        Playbook play = Playbook.loggedIn();

        for (int i = 0; i < 4; i++) {
            play.play("""
                    C> #TOO_LONG
                    C< 500 Command line too long.
                    C> EPSV ALL
                    C< 200 EPSV ALL accepted.
                    """);
        }

        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void answersHttpBehindTheLoginLikeAnyBadLine() {
        Playbook.loggedIn().play("""
                C> #HTTP
                C< 500 Command not understood.
                ~
                """);
    }
}
