package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test one of whose plays ended with something that its script did not expect: a line to a peer, or an action. Found by
 * JUnit as a service, for all tests.
 */
public final class PlaysEndExpected implements AfterEachCallback {
    /** The plays of the test that runs on this thread. */
    private static final ThreadLocal<List<Playbook>> PLAYS = ThreadLocal.withInitial(ArrayList::new);

    static void add(Playbook play) {
        PLAYS.get().add(play);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Playbook> plays = PLAYS.get();
        PLAYS.remove();
        if (context.getExecutionException().isEmpty()) {
            plays.forEach(play -> assertThat(play.log().pending())
                    .as("unexpected at the end of a play")
                    .isEmpty());
        }
    }
}
