package io.ftpalg.session.server;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

/** The answers of a server that has greeted, in time or not. */
class ServerRepliesTest {

    /** P19. */
    @Test
    void passesA421WithNothingOutstandingAndEnds() {
        Playbook play = Playbook.loggedIn().play("""
                S> 421-going
                ~
                S> 421 down
                C< 421-going
                C< 421 down
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_REFUSED);
    }

    @Test
    void endsAReplyThatTheServerLeftHalf() {
        Playbook.loggedIn().play("""
                C> HELP
                S< HELP
                S> 214-help
                C< 214-help
                . server-gone
                C< 214 (cut)
                C< 421 The server closed the control connection.
                ! end
                """);
    }

    /** T2. */
    @Test
    void givesTheServerTenMinutesForAReply() {
        Playbook play = Playbook.loggedIn().play("""
                C> XCRC f
                S< XCRC f
                . elapse 599s
                S> 250-working
                C< 250-working
                . elapse 599s
                ~
                . elapse 1s
                C< 250 (cut)
                C< 421 No reply from the server.
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.SERVER_SILENT);
    }

    @Test
    void tellsTheListenerOfAReplyThatNobodyAskedForOnce() {
        Playbook play = Playbook.loggedIn().play("S> 227-here\n~\nS> 227 there\n~");

        assertThat(play.events().of(Rejected.class))
                .extracting(Rejected::reason)
                .containsExactly(Reason.UNSOLICITED_REPLY);
    }

    @Test
    void endsWithAServerThatKeepsReplyingToNothing() {
        Playbook play = Playbook.cast()
                .limits(Limits.builder().unsolicitedReplies(3).build())
                .loggedIn()
                .play("""
                S> 200 one
                S> 200 two
                S> 200 three
                ~
                C> NOOP
                S< NOOP
                S> 200 fine
                C< 200 fine
                S> 200 one
                S> 200 two
                S> 200 three
                ~
                S> 200 four
                C< 421 The server sends unsolicited replies.
                S< QUIT
                ! end
                """);

        assertThat(cause(play)).isEqualTo(CloseCause.TOO_MANY_REPLIES);
    }
}
