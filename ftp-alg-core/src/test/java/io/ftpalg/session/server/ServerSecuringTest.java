package io.ftpalg.session.server;

import static io.ftpalg.session.Logins.ASKED_FOR_THE_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.ClientTls;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.SessionState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS7, TLS9: what a server is brought to before its greeting reaches the client. */
public class ServerSecuringTest {
    /** The server has greeted, and is under TLS. */
    public static final String UNDER_TLS = """
            S> 220 ready
            S< AUTH TLS
            S> 234 go on
            ! tls SERVER
            . secured SERVER
            """;

    /** The server has accepted that its data connections are under TLS. */
    public static final String DATA_PROTECTED = """
            S< PBSZ 0
            S> 200 PBSZ=0
            S< PROT P
            S> 200 private
            """;

    private static Playbook connected(ServerTls tls) {
        return Playbook.cast().serverTls(tls).connected();
    }

    /** Returns a play whose server has greeted and received AUTH TLS, and sent no reply to it. */
    private static Playbook authSent(ServerTls tls) {
        return connected(tls).play("""
                S> 220 ready
                S< AUTH TLS
                """);
    }

    /** Returns a play whose server has accepted AUTH TLS, and whose handshake is not finished. */
    private static Playbook handshaking(ServerTls tls) {
        return authSent(tls).play("""
                S> 234 go on
                ! tls SERVER
                """);
    }

    /** Returns a play whose server is under TLS, and has received nothing of the client's. */
    public static Playbook underTls(ServerTls tls) {
        return connected(tls).play(UNDER_TLS);
    }

    /** Returns a play whose server is under TLS, with all its data connections, and whose client has been greeted. */
    public static Playbook secured(ServerTls tls) {
        return underTls(tls).play(DATA_PROTECTED).play("C< 220 ready");
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

        assertThat(play.context().server().tls().isDataPrivate()).isTrue();
    }

    @Test
    void leavesDataInTheClearWhereTheRouteSaysSo() {
        ServerTls clearData =
                new ServerTls(ServerTls.Mode.REQUIRED, false, ServerTls.Data.CLEAR, true, Optional.empty(), "");

        Playbook play = underTls(clearData).play("""
                C< 220 ready
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                C> NOOP
                S< NOOP
                """);

        assertThat(play.context().server().tls().isDataPrivate()).isFalse();
    }

    private static ServerTls implicitWithClearData() {
        return new ServerTls(ServerTls.Mode.REQUIRED, true, ServerTls.Data.CLEAR, true, Optional.empty(), "");
    }

    private static final String IMPLICIT = """
                ! tls SERVER
                . secured SERVER
                S> 220 ready
                S< PBSZ 0
                """;

    /** Implicit TLS implies PROT P: a server that knows of it must be told otherwise. */
    @Test
    void asksForClearDataWhereImplicitTlsImpliesProtectedData() {
        connected(implicitWithClearData()).play(IMPLICIT + """
                S> 200 PBSZ=0
                S< PROT C
                S> 200 clear
                C< 220 ready
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                C> NOOP
                S< NOOP
                """);
    }

    /** An old server behind a TLS wrapper knows no PROT, and its data connections are in the clear. */
    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "502 what?", "530 log in", "503 log in"})
    void takesAnOldServerBehindImplicitTlsWithClearData(String refusal) {
        Playbook play = connected(implicitWithClearData()).play(IMPLICIT + """
                S> %s
                S< PROT C
                S> %s
                C< 220 ready
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                S< PBSZ 0
                S> 500 what?
                S< PROT C
                S> 500 what?
                C> NOOP
                S< NOOP
                """.formatted(refusal, refusal));

        assertThat(play.state()).isEqualTo(SessionState.READY);
    }

    @Test
    void takesAnOldServerBehindImplicitTlsThatCallsPbszABadArgument() {
        connected(implicitWithClearData()).play(IMPLICIT + """
                S> 501 what?
                S< PROT C
                S> 504 what?
                C< 220 ready
                C> USER joe
                S< USER joe
                """);
    }

    /** It knows PROT, and wants data under TLS: in the clear no transfer would work. */
    @Test
    void leavesAServerThatInsistsOnProtectedData() {
        connected(implicitWithClearData()).play(IMPLICIT + """
                S> 200 PBSZ=0
                S< PROT C
                S> 534 data must be protected
                C< 421 TLS with the server failed.
                ! end
                """);
    }

    private static Playbook securedBy(ServerTls tls) {
        return underTls(tls).play("S< PBSZ 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "501 what?", "502 what?", "503 what?", "530 log in", "536 no"})
    void sendsProtAlthoughPbszWasRefused(String refusal) {
        Playbook play = securedBy(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> %s
                S< PROT P
                S> 200 private
                C< 220 ready
                C> USER joe
                S< USER joe
                S> 230 in
                C< 230 in
                C> NOOP
                S< NOOP
                """.formatted(refusal));

        assertThat(play.context().server().tls().isDataPrivate()).isTrue();
    }

    /** Returns a play whose server is under TLS and has refused PBSZ and PROT P, and whose client has been greeted. */
    public static Playbook protRefused(ServerTls tls, String refusal) {
        return underTls(tls).play("""
                S< PBSZ 0
                S> %1$s
                S< PROT P
                S> %1$s
                C< 220 ready
                """.formatted(refusal));
    }

    private static Playbook refusedBeforeLogin(ServerTls tls, String refusal) {
        return protRefused(tls, refusal).play(ASKED_FOR_THE_PASSWORD + """
                C> PASS secret
                S< PASS secret
                C> NOOP
                S> 230 in
                C< 230 in
                S< PBSZ 0
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"530 log in", "503 log in", "502 what?", "500 what?"})
    void sendsProtAgainAfterTheLoginAndBeforeTheNextCommand(String refusal) {
        Playbook play = refusedBeforeLogin(ServerTls.explicit(ServerTls.Mode.REQUIRED), refusal)
                .play("""
                S> 200 PBSZ=0
                S< PROT P
                S> 200 private
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);

        assertThat(play.context().server().tls().isDataPrivate()).isTrue();
    }

    @Test
    void endsWhereTheServerRefusesAfterTheLoginTooAndDataMustBeProtected() {
        Playbook play = refusedBeforeLogin(ServerTls.explicit(ServerTls.Mode.REQUIRED), "530 log in")
                .play("""
                S> 500 what?
                S< PROT P
                S> 500 what?
                C< 421 The server does not protect data connections by TLS.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void goesOnWithClearDataWhereTlsIsOnlyTried() {
        Playbook play = refusedBeforeLogin(ServerTls.explicit(ServerTls.Mode.AUTO), "530 log in")
                .play("""
                S> 500 what?
                S< PROT P
                S> 500 what?
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);

        assertThat(play.context().server().tls().leavesDataClear()).isTrue();
    }

    @Test
    void waitsNotForEverForTheServersAnswerAfterTheLogin() {
        Playbook play = refusedBeforeLogin(ServerTls.explicit(ServerTls.Mode.REQUIRED), "530 log in")
                .play("""
                . elapse 600s
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_SILENT);
    }

    /** Until the server accepts PROT P no data may pass, whatever the server allows without a login. */
    @Test
    void movesNoDataBeforeTheServerAccepts() {
        protRefused(ServerTls.explicit(ServerTls.Mode.REQUIRED), "530 log in").play("""
                C> EPSV
                S< EPSV
                S> 229 here (|||40001|)
                ! dial SERVER 127.0.0.2 40001
                . connected SERVER
                ! listen CLIENT
                . listening CLIENT 40002
                C< 229 here (|||40002|)
                C> STOR f
                C< 521 The server's data connections cannot be under TLS.
                """);
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
        Playbook play = authSent(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                S> 500 AUTH?
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void neverLogsInToAServerThatRefusesProtectedData() {
        Playbook play = underTls(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
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
        Playbook play = handshaking(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                . tls-failed SERVER
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void endsWhenBytesInTheClearFollowTheAnswer() {
        Playbook play = handshaking(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                . injection SERVER
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_INJECTION);
    }

    @Test
    void goesOnInTheClearWhereTlsIsOnlyTried() {
        authSent(ServerTls.explicit(ServerTls.Mode.AUTO)).play("""
                S> 502 AUTH?
                C< 220 ready
                """);
    }

    @Test
    void refusesProtectedDataThatWouldEndHalfway() {
        Playbook.cast()
                .clientTls(ClientTls.OPTIONAL)
                .serverTls(ServerTls.explicit(ServerTls.Mode.AUTO))
                .connected()
                .play("""
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
        Playbook play = authSent(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                . elapse 30s
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void failsWithAServerThatClosesInBetween() {
        Playbook play = authSent(ServerTls.explicit(ServerTls.Mode.REQUIRED)).play("""
                . server-gone
                C< 421 TLS with the server failed.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TLS_FAILED);
    }

    @Test
    void followsAClientThatIsUnderTlsFromTheStart() {
        Playbook play = Playbook.cast()
                .clientTls(ClientTls.OPTIONAL.implicitly())
                .serverTls(ServerTls.explicit(ServerTls.Mode.MIRROR))
                .begin()
                .play("""
                . start
                ! tls CLIENT
                . secured CLIENT
                ! route
                . route
                ! connect
                . server-connected
                """ + UNDER_TLS + DATA_PROTECTED + """
                C< 220 ready
                """);

        assertThat(play.context().protection().isDataPrivate()).isTrue();
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
