package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.route.RouterContext.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void looksAtSessionsOnlyByDefault() {
        assertThat(HealthPolicy.DEFAULT)
                .isEqualTo(new HealthPolicy(
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30)));
    }

    @Test
    void ejectsTwiceAsLongEachTimeUpToTenTimes() {
        HealthPolicy policy = HealthPolicy.DEFAULT.withEjection(1, SECOND, SECOND);

        assertThat(IntStream.of(0, 1, 2, 3, 4, 5, 31, 32, Integer.MAX_VALUE)
                        .mapToObj(n -> policy.ejectionAfter(n).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L, 10L, 10L);
    }

    @Test
    void takesTheLeastAndTheMost() {
        HealthPolicy policy = HealthPolicy.DEFAULT
                .withCheck(Optional.of(Probe.TCP))
                .withTimes(DAY, Duration.ofNanos(1))
                .withEjection(1, DAY, Duration.ZERO);

        assertThat(policy)
                .isEqualTo(new HealthPolicy(Optional.of(Probe.TCP), DAY, Duration.ofNanos(1), 1, DAY, Duration.ZERO));
    }

    @Test
    void refusesWhatCannotBe() {
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), DAY.plusNanos(1)}) {
            refuses(wrong, SECOND, 1, SECOND, SECOND);
            refuses(SECOND, wrong, 1, SECOND, SECOND);
            refuses(SECOND, SECOND, 1, wrong, SECOND);
        }
        refuses(SECOND, SECOND, 0, SECOND, SECOND);
        refuses(SECOND, SECOND, 1, SECOND, Duration.ofSeconds(-1));
        refuses(SECOND, SECOND, 1, SECOND, DAY.plusNanos(1));
    }

    private static void refuses(
            Duration interval, Duration timeout, int failures, Duration ejection, Duration slowReturn) {
        assertThatThrownBy(() -> new HealthPolicy(Optional.empty(), interval, timeout, failures, ejection, slowReturn))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
