package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.ServerTls;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TLS7, TLS9: what a server is brought to before its greeting reaches the client. */
class ServerSecuringTest {
    private static final String CONNECTED = """
            . start
            ! route
            . route
            ! connect
            . server-connected
            """;

    private static Playbook connected(ServerTls tls) {
        return Playbook.cast().serverTls(tls).begin().play(CONNECTED);
    }

    private static CloseCause cause(Playbook play) {
        return play.events().of(AlgListener.SessionClosed.class).get(0).cause();
    }

    @Test
    void securesTheServerBeforeTheClientHearsOfIt() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
                C< 220 ready
                C> USER joe
                S< USER joe
                """);

        assertThat(play.session().server().tls().isDataPrivate()).isTrue();
    }

    @Test
    void leavesDataInTheClearWhereTheRouteSaysSo() {
        ServerTls clearData = new ServerTls(ServerTls.Mode.REQUIRED, false, ServerTls.Data.CLEAR, true, Optional.empty(), "");

        Playbook play = connected(clearData).play("""
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT C
                S> 200 clear
                C< 220 ready
                """);

        assertThat(play.session().server().tls().isDataPrivate()).isFalse();
    }

    @Test
    void startsWithTlsWhereItIsImplicit() {
        connected(ServerTls.implicitly()).play("""
                ! tls SERVER
                . secured SERVER
                S> 220 ready
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
                C< 220 ready
                """);
    }

    @Test
    void neverLogsInToAServerThatRefusesTlsWhereItIsRequired() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 500 AUTH?
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void neverLogsInToAServerThatRefusesProtectedData() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 536 no
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void endsWhenTheHandshakeFailsEvenIfTlsIsOnlyTried() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . tls-failed SERVER
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void endsWhenBytesInTheClearFollowTheAnswer() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . injection SERVER
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_INJECTION);
    }

    @Test
    void goesOnInTheClearWhereTlsIsOnlyTried() {
        connected(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                S> 220 ready
                S< AUTH TLS
                S> 502 AUTH?
                C< 220 ready
                """);
    }

    @Test
    void refusesProtectedDataThatWouldEndHalfway() {
        Playbook.cast().clientTls(ClientTls.OPTIONAL).serverTls(ServerTls.explicit(ServerTls.Mode.AUTO)).begin()
                .play(CONNECTED + """
                S> 220 ready
                S< AUTH TLS
                S> 502 AUTH?
                C< 220 ready
                C> AUTH TLS
                C< 234 Start TLS.
                ! tls CLIENT
                . secured CLIENT
                C> PBSZ 0
                C< 200 PBSZ=0
                C> PROT P
                C< 534 The server cannot be reached under TLS.
                """);
    }

    @Test
    void waitsNotForEverForTheServersAnswer() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 220 ready
                S< AUTH TLS
                . elapse 30s
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void failsWithAServerThatClosesInBetween() {
        Playbook play = connected(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 220 ready
                S< AUTH TLS
                . server-gone
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void followsAClientThatIsUnderTlsFromTheStart() {
        Playbook play = Playbook.cast().clientTls(ClientTls.OPTIONAL.implicitly())
                .serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR)).begin().play("""
                . start
                ! tls CLIENT
                . secured CLIENT
                ! route
                . route
                ! connect
                . server-connected
                S> 220 ready
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . secured SERVER
                S< PBSZ 0
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
                C< 220 ready
                """);

        assertThat(play.session().protection().isDataPrivate()).isTrue();
    }

    @Test
    void leavesTheServerInTheClearAsLongAsItsClientIs() {
        connected(ServerTls.explicit(ServerTls.Mode.MIRROR)).play("""
                S> 220 ready
                C< 220 ready
                C> USER joe
                S< USER joe
                """);
    }
}
