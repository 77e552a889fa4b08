package io.ftpalg.session;

import org.junit.jupiter.api.Test;

class PassThroughExchangeTest {

    @Test
    void passesRepliesLineByLine() {
        Playbook.loggedIn().play("""
                C> HELP
                S< HELP
                S> 214-first
                C< 214-first
                S> 214-not the end
                C< 214-not the end
                S> 200 nor this
                C< 200 nor this
                S> 214 end
                C< 214 end
                C> NOOP
                S< NOOP
                """);
    }

    /** An unknown verb that is answered by 1yz must not hang. */
    @Test
    void waitsForTheFinalReplyBehindAPreliminaryOne() {
        Playbook.loggedIn().play("""
                C> XRCP a b
                S< XRCP a b
                S> 150 working
                C< 150 working
                C> NOOP
                ~
                S> 250 copied
                C< 250 copied
                S< NOOP
                """);
    }
}
