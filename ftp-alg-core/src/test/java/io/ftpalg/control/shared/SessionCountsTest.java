package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What counts go on with from one gateway to the next; what they count, {@link AdmissionTest} tests. */
class SessionCountsTest {
    private static final InetAddress CLIENT = IpLiteral.parse("192.0.2.1").orElseThrow();

    private final SessionCounts counts = new SessionCounts();

    @Test
    void goOnUnderOtherLimits() {
        assertThat(counts.enter(CLIENT, sessionsPerAddress(1), 0)).isTrue();
        assertThat(counts.enter(CLIENT, sessionsPerAddress(1), 0)).isFalse();

        assertThat(counts.enter(CLIENT, sessionsPerAddress(2), 0)).isTrue();

        assertThat(counts.sessions()).isEqualTo(2);
        counts.leave(CLIENT);
        assertThat(counts.enter(CLIENT, sessionsPerAddress(1), 0))
                .as("one is still there")
                .isFalse();
        counts.leave(CLIENT);
        assertThat(counts.enter(CLIENT, sessionsPerAddress(1), 0)).isTrue();
    }

    @Test
    void countConnectionsWithoutTheNumberASecond() {
        Limits limits =
                Limits.builder().sessionsPerAddress(2).newSessionsPerSecond(1).build();

        assertThat(counts.enterUnrated(CLIENT, limits)).isTrue();
        assertThat(counts.enterUnrated(CLIENT, limits)).isTrue();
        assertThat(counts.enterUnrated(CLIENT, limits)).isFalse();
        counts.leave(CLIENT);
        assertThat(counts.enterUnrated(CLIENT, limits)).isTrue();
    }

    private static Limits sessionsPerAddress(int most) {
        return Limits.builder().sessionsPerAddress(most).build();
    }
}
