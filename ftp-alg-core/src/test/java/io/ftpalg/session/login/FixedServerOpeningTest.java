package io.ftpalg.session.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** P15. */
class FixedServerOpeningTest {
    private static final EarlyTarget TUNNEL =
            new EarlyTarget(new HostPort("ftp.example.com", 21), Optional.of(new ProxyUser("ann", Set.of())));

    @ParameterizedTest
    @CsvSource({"421 busy", "554 no service"})
    void passesTheGreetingOfAServerThatRefuses(String greeting) {
        Playbook play = connected().play("""
                S> %s
                C< %s
                ! end
                """.formatted(greeting, greeting));

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(CloseCause.SERVER_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elapse 30s | SERVER_UNREACHABLE | The server is not available, try again later.",
                "server-gone | SERVER_UNREACHABLE | The server is not available, try again later.",
                "server-garbage | SERVER_NOT_FTP | The server does not use FTP."
            })
    void tellsAServerThatDoesNotGreet(String event, CloseCause cause, String text) {
        Playbook play = connected().play("""
                . %s
                C< 421 %s
                ! end
                """.formatted(event, text));

        assertThat(play.events().of(SessionClosed.class).get(0).cause()).isEqualTo(cause);
    }

    @Test
    void tellsAServerThatIsNotThere() {
        Playbook.cast().begin().play("""
                . start
                ! route
                . route
                ! connect
                . unreachable
                C< 421 The server is not available, try again later.
                ! end
                """);
    }

    /** A4: so did a client that named it before its session, whatever users and rules there are. */
    @ParameterizedTest
    @CsvSource({"unreachable", "route-refused"})
    void hidesWhyThereIsNoServerThatATunnelLeadsTo(String event) {
        Playbook.cast()
                .tunnel(TUNNEL)
                .begin()
                .play("""
                . start
                ! route @ftp.example.com
                """)
                .play("unreachable".equals(event) ? """
                . route
                ! connect
                . unreachable
                ~
                """ : """
                . route-refused
                ~
                """)
                .play("""
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** L10: the server is the one of the tunnel, and no user of the gateway is asked for again. */
    @Test
    void connectsToTheServerOfATunnelAtOnce() {
        Playbook play =
                Playbook.cast().tunnel(TUNNEL).withUsers().forward().begin().play("""
                . start
                ! route @ftp.example.com
                . route
                ! connect
                . server-connected
                S> 220 ready
                C< 220 ready
                C> USER joe@elsewhere
                S< USER joe@elsewhere
                S> 331 password
                C< 331 password
                C> PASS secret
                S< PASS secret
                S> 230 in
                C< 230 in
                """);

        assertThat(play.events().of(ProxyAuthenticated.class))
                .extracting(event -> event.user().name())
                .containsExactly("ann");
    }

    /** A4: the client chose the server by connecting to it, and gets the same reply at the same time for each failure. */
    @ParameterizedTest
    @CsvSource({"unreachable", "route-refused"})
    void hidesWhyThereIsNoServerThatTheClientConnectedTo(String event) {
        Playbook.cast()
                .transparent()
                .begin()
                .play("""
                . start
                ! route
                """)
                .play("unreachable".equals(event) ? """
                . route
                ! connect
                . unreachable
                ~
                """ : """
                . route-refused
                ~
                """)
                .play("""
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** A4. */
    @Test
    void hidesThatAServerThatTheClientConnectedToIsSilent() {
        Playbook play = Playbook.cast().transparent().connected().play("""
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class).get(0).detail()).isEqualTo("no greeting in time");
    }

    @Test
    void passesTheRefusalOfAServerThatTheClientConnectedTo() {
        Playbook.cast().transparent().connected().play("""
                S> 421 busy
                C< 421 busy
                ! end
                """);
    }

    @Test
    void hasTimeForTheLoginWhereTheClientConnectedToTheServer() {
        Playbook.cast().transparent().connected().play("""
                S> 220 ready
                C< 220 ready
                . elapse 20s
                ~
                C> USER joe
                S< USER joe
                S> 331 password
                C< 331 password
                """);
    }

    @Test
    void tellsThatTlsWithTheServerFailed() {
        Playbook.cast().serverTls(ServerTls.implicitly()).connected().play("""
                ! tls SERVER
                . tls-failed SERVER
                C< 421 TLS with the server failed.
                ! end
                """);
    }

    /** What the gateway lacks itself, or has forbidden, is not the server's state. */
    @ParameterizedTest
    @EnumSource(
            value = CloseCause.class,
            names = {"NO_SOCKET", "LOOP", "TARGET_DENIED"})
    void saysNothingOfTheServerWhereTheGatewayIsAtFault(CloseCause cause) {
        assertThat(FixedServerOpening.reply(cause)).isEqualTo(Replies.SERVICE_NOT_AVAILABLE);
    }

    private static Playbook connected() {
        return Playbook.cast().connected();
    }
}
