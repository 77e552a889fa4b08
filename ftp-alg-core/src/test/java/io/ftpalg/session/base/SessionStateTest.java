package io.ftpalg.session.base;

import static io.ftpalg.session.base.SessionState.CLOSED;
import static io.ftpalg.session.base.SessionState.CLOSING;
import static io.ftpalg.session.base.SessionState.CONNECTING;
import static io.ftpalg.session.base.SessionState.GREETING;
import static io.ftpalg.session.base.SessionState.LOGIN;
import static io.ftpalg.session.base.SessionState.NEW;
import static io.ftpalg.session.base.SessionState.NO_SERVER;
import static io.ftpalg.session.base.SessionState.READY;
import static io.ftpalg.session.base.SessionState.ROUTING;
import static io.ftpalg.session.base.SessionState.SECURING;
import static io.ftpalg.session.base.SessionState.TRANSPARENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of states, step by step. */
class SessionStateTest {
    private static final Map<SessionState, Set<SessionState>> STEPS = Map.of(
            NEW, Set.of(ROUTING, NO_SERVER, CLOSING),
            NO_SERVER, Set.of(ROUTING, CLOSING),
            ROUTING, Set.of(CONNECTING, CLOSING),
            CONNECTING, Set.of(CONNECTING, GREETING, CLOSING),
            GREETING, Set.of(CONNECTING, SECURING, LOGIN, CLOSING),
            SECURING, Set.of(LOGIN, CLOSING),
            LOGIN, Set.of(READY, ROUTING, NO_SERVER, TRANSPARENT, CLOSING),
            READY, Set.of(LOGIN, ROUTING, NO_SERVER, TRANSPARENT, CLOSING),
            TRANSPARENT, Set.of(CLOSING),
            CLOSING, Set.of(CLOSED));

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void mayTakeTheStepsOfTheTableAndNoOther(SessionState from) {
        assertThat(Arrays.stream(SessionState.values()).filter(from::mayBecome))
                .containsExactlyInAnyOrderElementsOf(STEPS.getOrDefault(from, Set.of()));
    }

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void takesCommandsWhereSomebodyCanAnswer(SessionState state) {
        assertThat(state.takesCommands())
                .isEqualTo(Set.of(NO_SERVER, LOGIN, READY).contains(state));
        assertThat(state.hasServer()).isEqualTo(Set.of(LOGIN, READY).contains(state));
        assertThat(state.isOver()).isEqualTo(Set.of(CLOSING, CLOSED).contains(state));
    }
}
