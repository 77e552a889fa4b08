package io.ftpalg.session.tls;

import static io.ftpalg.session.server.ServerSecuringTest.DATA_PROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.session.Playbook;
import io.ftpalg.session.server.ServerSecuringTest;
import org.junit.jupiter.api.Test;

/** TLS7, TLS9: what a server refused before the login; its other outcomes are in {@link ServerSecuringTest}. */
class PostponedProtectionExchangeTest {

    private static Playbook postponed() {
        return ServerSecuringTest.protRefused(ServerTls.explicit(ServerTls.Mode.REQUIRED), "530 log in")
                .play("""
                C> USER joe
                S< USER joe
                """);
    }

    @Test
    void waitsUntilTheLoginIsAccepted() {
        postponed().play("""
                S> 331 password?
                C< 331 password?
                C> PASS wrong
                S< PASS wrong
                S> 530 no
                C< 530 no
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                C> USER joe
                S< USER joe
                S> 232 in
                C< 232 in
                S< PBSZ 0
                """);
    }

    @Test
    void happensOnceALogin() {
        postponed().play("""
                S> 230 in
                C< 230 in
                """ + DATA_PROTECTED + """
                C> USER ann
                S< USER ann
                S> 230 in
                C< 230 in
                C> NOOP
                S< NOOP
                """);
    }

    /** A reply that began before PBSZ was sent is no answer to it. */
    @Test
    void takesNoEarlyReplyForAnAnswer() {
        postponed().play("""
                S> 230 in
                C< 230 in
                S< PBSZ 0
                S+ 200 early
                ~
                S> 200 PBSZ=0
                S< PROT P
                """);
    }

    @Test
    void endsWithAServerThatCloses() {
        Playbook play = postponed().play("""
                S> 230 in
                C< 230 in
                S< PBSZ 0
                . server-gone
                C< 421 The server closed the control connection.
                ! end
                """);

        assertThat(play.events().of(AlgListener.SessionClosed.class).get(0).cause())
                .isEqualTo(CloseCause.SERVER_LOST);
    }

    /** A client that closes behind its commands is answered first. */
    @Test
    void holdsACommandBackThatCameBeforeTheEndOfTheClient() {
        postponed().play("""
                C> PWD
                . client-fin
                S> 230 in
                C< 230 in
                """ + DATA_PROTECTED + """
                S< PWD
                S> 257 "/"
                C< 257 "/"
                ! end
                """);
    }
}
