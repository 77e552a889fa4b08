package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.session.ActionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final ActionLog clock = new ActionLog();
    private final Timers timers = new Timers(clock);
    private final List<String> rang = new ArrayList<>();

    private void start(Timers.Kind kind, int seconds, String name) {
        timers.start(kind, Duration.ofSeconds(seconds), () -> rang.add(name));
    }

    @Test
    void ringsOnceAtItsTime() {
        start(Timers.Kind.IDLE, 5, "idle");

        clock.elapse(Duration.ofMillis(4999));
        assertThat(rang).isEmpty();
        assertThat(timers.isRunning(Timers.Kind.IDLE)).isTrue();
        clock.elapse(Duration.ofMillis(1));

        assertThat(rang).containsExactly("idle");
        assertThat(timers.isRunning(Timers.Kind.IDLE)).isFalse();
    }

    @Test
    void startsAnewInPlaceOfTheOldWait() {
        start(Timers.Kind.REPLY, 5, "old");
        start(Timers.Kind.REPLY, 7, "new");

        clock.elapse(Duration.ofSeconds(10));

        assertThat(rang).containsExactly("new");
    }

    @Test
    void keepsOneOfEachKind() {
        start(Timers.Kind.REPLY, 5, "reply");
        start(Timers.Kind.IDLE, 3, "idle");
        timers.stop(Timers.Kind.REPLY);

        clock.elapse(Duration.ofSeconds(10));

        assertThat(rang).containsExactly("idle");
    }

    @Test
    void stopsAll() {
        for (Timers.Kind kind : Timers.Kind.values()) {
            start(kind, 1, kind.name());
        }

        timers.stopAll();

        assertThat(clock.timers()).isZero();
        assertThat(timers.isRunning(Timers.Kind.LOGIN)).isFalse();
    }

    @Test
    void mayBeStartedAgainByItsOwnTask() {
        timers.start(Timers.Kind.PACE, Duration.ofSeconds(1), () -> start(Timers.Kind.PACE, 1, "second"));

        clock.elapse(Duration.ofSeconds(2));

        assertThat(rang).containsExactly("second");
    }

    @Test
    void ringsInTheOrderInWhichWaitsEnd() {
        start(Timers.Kind.LOGIN, 3, "last");
        start(Timers.Kind.REPLY, 1, "first");
        start(Timers.Kind.IDLE, 2, "second");

        clock.elapse(Duration.ofSeconds(3));

        assertThat(rang).containsExactly("first", "second", "last");
    }

    @Test
    void keepsOneTaskForAllWaits() {
        for (Timers.Kind kind : Timers.Kind.values()) {
            start(kind, 1, kind.name());
        }

        assertThat(clock.timers()).isEqualTo(1);
    }
}
