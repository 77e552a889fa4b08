package io.ftpalg.session.server;

import static io.ftpalg.session.Logins.greeted;
import static io.ftpalg.session.Logins.greetedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {

    @Test
    void knowsItsServerOnceConnected() {
        ServerConnection link = Playbook.cast().begin().context().server();
        assertThat(link.address()).isNull();

        assertThat(Playbook.loggedIn().context().server().address()).isEqualTo(Playbook.SERVER);
    }

    /** Who is refused was not allowed; who finds no server did nothing wrong. */
    @Test
    void tellsARefusalFromARouteThatCouldNotBeFound() {
        assertThat(routed("route-failed", "The server is not available, try again later.")
                        .events()
                        .all)
                .extracting(ServerConnectionTest::what)
                .containsExactly("SERVER_UNREACHABLE");
        assertThat(routed("route-refused", "Service not available.").events().all)
                .extracting(ServerConnectionTest::what)
                .containsExactly("rejected TARGET_DENIED", "TARGET_DENIED");
    }

    private static Playbook routed(String how, String text) {
        Playbook play = Playbook.cast().begin().play("""
                . start
                ! route
                """);
        play.events().all.clear();
        return play.play(". " + how).play("""
                C< 421 %s
                ! end
                """.formatted(text));
    }

    private static String what(Record event) {
        return event instanceof Rejected rejected
                ? "rejected " + rejected.reason()
                : ((SessionClosed) event).cause().toString();
    }

    // ---- several servers of one route

    private static final String GREETED = """
            . server-connected
            S> 220 ready
            C< 220 ready
            """;

    @Test
    void triesTheNextServerWhereOneCannotBeConnectedTo() {
        Use first = new Use();
        Use second = new Use();

        Playbook play = starting(first, second).play("""
                . unreachable
                ! connect
                """).play(GREETED);

        assertThat(first.heard).containsExactly("begun", "failed refused");
        assertThat(second.heard).containsExactly("begun", "ready");
        play.play("""
                . client-gone
                ! end
                """);
        assertThat(second.heard).containsExactly("begun", "ready", "ended");
    }

    @Test
    void doesNotBlameAServerForASocketThatCouldNotBeMade() {
        Use only = new Use();

        Playbook play = starting(only).play("""
                . no-socket
                C< 421 Service not available.
                ! end
                """);

        assertThat(only.heard).containsExactly("begun", "ended");
        assertThat(play.events().of(SessionClosed.class))
                .extracting(SessionClosed::cause)
                .containsExactly(CloseCause.NO_SOCKET);
    }

    @Test
    void namesEachServerWithItsErrorWhereAllOfThemFailed() {
        Playbook play = starting(new Use(), new Use(), new Use()).play("""
                . unreachable
                ! connect
                . server-connected
                S> 421 full
                ! disconnect
                ! connect
                . server-connected
                . elapse 30s
                C< 421 The server is not available, try again later.
                ! end
                """);

        assertThat(play.events().of(SessionClosed.class))
                .extracting(SessionClosed::detail)
                .containsExactly(
                        "refused; 127.0.0.2:21: the server greeted with 421; 127.0.0.2:21: no greeting in time");
    }

    @Test
    void triesTheNextServerWhereOneGreetsWithARefusal() {
        Use first = new Use();

        starting(first, new Use()).play("""
                . server-connected
                S> 421-full
                S> 421 come back
                ! disconnect
                ! connect
                """).play(GREETED);

        assertThat(first.heard).containsExactly("begun", "failed the server greeted with 421");
    }

    @Test
    void triesTheNextServerWhereOneDoesNotGreetInTime() {
        Use first = new Use();

        starting(first, new Use()).play("""
                . server-connected
                S> 120 soon
                C< 120 soon
                . elapse 60s
                ! disconnect
                ! connect
                C< 421 Login took too long.
                ! end
                """);

        assertThat(first.heard).containsExactly("begun", "failed no greeting in time");
    }

    @Test
    void triesTheNextServerWhereOneHangsUpOrIsNoServer() {
        starting(new Use(), new Use(), new Use()).play("""
                . server-connected
                S> 220-half a
                . server-gone
                ! disconnect
                ! connect
                . server-connected
                . server-garbage
                ! disconnect
                ! connect
                """).play(GREETED);
    }

    /** What one server agreed is not the next one's, which would hear the login in the clear. */
    @Test
    void bringsTheNextServerUnderTlsWhateverTheOneBeforeWas() {
        Playbook.cast()
                .servers(new Use(), new Use())
                .serverTls(ServerTls.implicitly(), ServerTls.explicit(ServerTls.Mode.REQUIRED))
                .connected()
                .play("""
                ! tls SERVER
                . secured SERVER
                S> 421 full
                ! disconnect
                ! connect
                . server-connected
                S> 220 ready
                S< AUTH TLS
                ~
                """);
    }

    @Test
    void tellsTheClientWhatTheLastServerSaid() {
        Use last = new Use();

        starting(new Use(), last).play("""
                . unreachable
                ! connect
                . server-connected
                S> 530 not you
                C< 530 not you
                ! end
                """);

        assertThat(last.heard).containsExactly("begun", "failed the server greeted with 530");
    }

    /** TLS that comes about after that changes nothing. */
    @Test
    void givesUpAServerThatSaysGarbageWhileTlsIsAgreed() {
        greeted(Playbook.cast().forward().serverTls(ServerTls.explicit(ServerTls.Mode.AUTO)))
                .play("""
                C> USER joe@ftp.example
                """ + greetedFor("joe@ftp.example") + """
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . server-garbage
                . secured SERVER
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** A server that breaks off a handshake fails twice, and both are one failure of a server that the client named. */
    @Test
    void saysOnceAndLateThatTlsFailedTwice() {
        greeted(Playbook.cast().forward().serverTls(ServerTls.explicit(ServerTls.Mode.REQUIRED)))
                .play("""
                C> USER joe@ftp.example
                """ + greetedFor("joe@ftp.example") + """
                S< AUTH TLS
                S> 234 go on
                ! tls SERVER
                . tls-failed SERVER
                . tls-failed SERVER
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** Nobody waits for it any more. */
    @Test
    void triesNoOtherServerWhenItHasFailedAlready() {
        greeted(Playbook.cast().forward().servers(new Use(), new Use()).serverTls(ServerTls.implicitly()))
                .play("""
                C> USER joe@ftp.example
                ! route joe@ftp.example
                . route
                ! connect
                . server-connected
                ! tls SERVER
                . tls-failed SERVER
                . server-gone
                ~
                . elapse 15s
                C< 421 Service not available.
                ! end
                """);
    }

    /** What was said to a server is not said to another one. */
    @Test
    void staysWithAServerThatHasGreeted() {
        Use first = new Use();

        starting(first, new Use()).play(GREETED).play("""
                . server-gone
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(first.heard).containsExactly("begun", "ready", "ended");
    }

    @Test
    void aClientThatLeavesMeanwhileIsNoFailureOfTheServer() {
        Use first = new Use();

        starting(first, new Use()).play("""
                . client-gone
                ! end
                """);

        assertThat(first.heard).containsExactly("begun", "ended");
    }

    @Test
    void aClientThatWaitedInVainShowsThatTheServerHangs() {
        Use first = new Use();

        starting(first, new Use()).play("""
                . server-connected
                . elapse 5s
                . client-gone
                ! end
                """);

        assertThat(first.heard).containsExactly("begun", "failed not ready after 5 s, when the session ended");
    }

    @Test
    void hasTheIdleTimeoutOfItsRoute() {
        Playbook.cast().begin().play("""
                . start
                ! route
                . route-idle 7s
                ! connect
                """).play(GREETED).play("""
                . elapse 7s
                C< 421 Idle for too long.
                S< QUIT
                ! end
                """);
    }

    private static Playbook starting(Use... servers) {
        return Playbook.cast().servers(servers).begin().play("""
                . start
                ! route
                . route
                ! connect
                """);
    }

    /** Writes down what it hears. */
    private static final class Use implements ServerUse {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void begun() {
            heard.add("begun");
        }

        @Override
        public void ready() {
            heard.add("ready");
        }

        @Override
        public void failed(String detail) {
            heard.add("failed " + detail);
        }

        @Override
        public void ended() {
            heard.add("ended");
        }
    }
}
