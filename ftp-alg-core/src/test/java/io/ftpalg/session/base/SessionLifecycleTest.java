package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.CloseCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionLifecycleTest {
    private final SessionLifecycle lifecycle = new SessionLifecycle();

    @Test
    void takesTheStepsOfTheTableOnly() {
        lifecycle.become(SessionState.NO_SERVER);

        assertThat(lifecycle.state()).isEqualTo(SessionState.NO_SERVER);
        assertThatThrownBy(() -> lifecycle.become(SessionState.READY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no step from NO_SERVER to READY");
        assertThat(lifecycle.state()).isEqualTo(SessionState.NO_SERVER);
    }

    @Test
    void isClosedByWhatWasSet() {
        List<String> closed = new ArrayList<>();
        lifecycle.closeBy((cause, detail, lastReply) -> closed.add(cause + " " + detail));

        lifecycle.close(CloseCause.IDLE, "for long", Optional.empty());

        assertThat(closed).containsExactly("IDLE for long");
    }

    @Test
    void isNotClosedByNothing() {
        assertThatThrownBy(() -> lifecycle.close(CloseCause.IDLE, "", Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
    }
}
