package io.ftpalg.session;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.session.login.ConnectExchangeTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results of checks that come when nothing waits for them; those that are awaited are in {@link ConnectExchangeTest}. */
class LoginEventsTest {
    private final Playbook play = Playbook.loggedIn();

    @Test
    void aResultThatNothingWaitsForChangesNothing() {
        LoginEvents events = play.session().loginEvents();

        events.onAuthenticated(new ProxyUser("fw", Set.of()));
        events.onNotAuthenticated();
        events.onUnavailable("down");

        play.play("""
                ~
                C> NOOP
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }
}
