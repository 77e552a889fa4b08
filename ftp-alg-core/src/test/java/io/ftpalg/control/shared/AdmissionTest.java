package io.ftpalg.control.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.protocol.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Optional<CloseCause> ADMITTED = Optional.empty();
    private static final Optional<CloseCause> FULL = Optional.of(CloseCause.SESSION_LIMIT);

    private final SessionCounts counts = new SessionCounts();
    private final SharedGatewayState neighbours = new SharedGatewayState();
    private final Admission admission = new Admission(
            Limits.builder()
                    .sessions(4)
                    .sessionsPerAddress(2)
                    .newSessionsPerSecond(3)
                    .build(),
            counts,
            neighbours);

    @Test
    void admitsAsManyPerAddressAsAllowed() {
        assertThat(admission.enter(client("192.0.2.1", 1), 0)).isEqualTo(ADMITTED);
        assertThat(admission.enter(client("192.0.2.1", 2), 0)).isEqualTo(ADMITTED);

        assertThat(admission.enter(client("192.0.2.1", 3), 0)).isEqualTo(FULL);
        assertThat(admission.enter(client("192.0.2.2", 1), 0)).isEqualTo(ADMITTED);
        assertThat(admission.sessions()).isEqualTo(3);
    }

    @Test
    void admitsAsManyInAllAsAllowed() {
        for (int i = 1; i <= 4; i++) {
            assertThat(admission.enter(client("192.0.2." + i, 1), 0)).isEqualTo(ADMITTED);
        }

        assertThat(admission.enter(client("192.0.2.5", 1), 0)).isEqualTo(FULL);
        assertThat(admission.sessions()).isEqualTo(4);
    }

    @Test
    void admitsAgainWhenSomebodyLeft() {
        admission.enter(client("192.0.2.1", 1), 0);
        admission.enter(client("192.0.2.1", 2), 0);

        admission.leave(client("192.0.2.1", 1));

        assertThat(admission.sessions()).isEqualTo(1);
        assertThat(admission.enter(client("192.0.2.1", 3), 0)).isEqualTo(ADMITTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -7_000_000_000L, Long.MAX_VALUE - 10})
    void admitsAsManyInOneSecondAsAllowedWhateverTheClockBeganWith(long began) {
        for (int i = 0; i < 3; i++) {
            assertThat(admission.enter(client("192.0.2.1", i), began + i)).isEqualTo(ADMITTED);
            admission.leave(client("192.0.2.1", i));
        }

        assertThat(admission.enter(client("192.0.2.1", 4), began + SECOND - 1)).isEqualTo(FULL);
        assertThat(admission.enter(client("192.0.2.2", 4), began + SECOND - 1)).isEqualTo(ADMITTED);
        assertThat(admission.enter(client("192.0.2.1", 5), began + SECOND)).isEqualTo(ADMITTED);
    }

    @Test
    void whoWasRefusedHoldsNoPlace() {
        Admission one = new Admission(
                Limits.builder().sessions(1).newSessionsPerSecond(100).build(), counts, neighbours);
        one.enter(client("192.0.2.1", 1), 0);
        for (int i = 0; i < 10; i++) {
            assertThat(one.enter(client("192.0.2.2", i), 0)).isEqualTo(FULL);
        }

        one.leave(client("192.0.2.1", 1));

        assertThat(one.sessions()).isZero();
        assertThat(one.enter(client("192.0.2.2", 1), 0)).isEqualTo(ADMITTED);
    }

    @Test
    void countsAnIpv4ClientOfAnIpv6SocketAsThatIpv4Client() throws UnknownHostException {
        admission.enter(client("192.0.2.1", 1), 0);
        admission.enter(new InetSocketAddress(mapped("192.0.2.1"), 2), 0);

        assertThat(admission.enter(client("192.0.2.1", 3), 0)).isEqualTo(FULL);
        admission.leave(client("192.0.2.1", 2));
        assertThat(admission.enter(new InetSocketAddress(mapped("192.0.2.1"), 3), 0))
                .isEqualTo(ADMITTED);
    }

    /** One customer has a /64 or more, and could come from a new address each time. */
    @Test
    void countsIpv6ClientsByTheirNetwork() {
        for (int i = 1; i <= 2; i++) {
            assertThat(admission.enter(client("2001:db8:1:2::" + i, 1), 0)).isEqualTo(ADMITTED);
        }

        assertThat(admission.enter(client("2001:db8:1:2:ffff::9", 1), 0)).isEqualTo(FULL);
        assertThat(admission.enter(client("2001:db8:1:3::1", 1), 0)).isEqualTo(ADMITTED);
        admission.leave(client("2001:db8:1:2::1", 1));
        assertThat(admission.enter(client("2001:db8:1:2:ffff::9", 1), SECOND)).isEqualTo(ADMITTED);
    }

    /** Those who leave at once, too. */
    @Test
    void countsNewSessionsOfAnIpv6Network() {
        for (int i = 1; i <= 3; i++) {
            assertThat(admission.enter(client("2001:db8:1:2::" + i, 1), 0)).isEqualTo(ADMITTED);
            admission.leave(client("2001:db8:1:2::" + i, 1));
        }

        assertThat(admission.enter(client("2001:db8:1:2::4", 1), 0)).isEqualTo(FULL);
    }

    /** What refused clients hold, they hold of the process, whichever gateway refused them. */
    @Test
    void countsRefusedClientsByTheirNetworkAndWithItsSuccessors() {
        Limits limits = Limits.builder().refusedClientsPerAddress(2).build();
        Admission one = new Admission(limits, counts, neighbours);
        Admission other = new Admission(limits, new SessionCounts(), neighbours);
        assertThat(one.enterRefused(client("2001:db8:1:2::1", 1))).isTrue();
        assertThat(other.enterRefused(client("2001:db8:1:2::2", 1))).isTrue();

        assertThat(one.enterRefused(client("2001:db8:1:2:ffff::3", 1))).isFalse();
        assertThat(other.enterRefused(client("2001:db8:1:2::1", 2))).isFalse();
        assertThat(one.enterRefused(client("2001:db8:1:3::1", 1))).isTrue();
        one.leaveRefused(client("2001:db8:1:2::1", 1));
        assertThat(other.enterRefused(client("2001:db8:1:2::4", 1))).isTrue();
        assertThat(one.sessions()).isZero();
    }

    @Test
    void refusesItsOwnEndOfAControlConnectionToAServer() throws UnknownHostException {
        admission.connected(client("192.0.2.1", 40_000));

        assertThat(admission.enter(client("192.0.2.1", 40_000), 0)).contains(CloseCause.LOOP);
        assertThat(admission.enter(new InetSocketAddress(mapped("192.0.2.1"), 40_000), 0))
                .contains(CloseCause.LOOP);
        assertThat(admission.enter(client("192.0.2.1", 40_001), 0)).isEqualTo(ADMITTED);
        admission.disconnected(client("192.0.2.1", 40_000));
        assertThat(admission.enter(client("192.0.2.1", 40_000), 0)).isEqualTo(ADMITTED);
    }

    @Test
    void admitsNobodyOnceItStopped() {
        admission.stop();

        assertThat(admission.enter(client("192.0.2.1", 1), 0)).contains(CloseCause.SHUTDOWN);
        assertThat(admission.sessions()).isZero();
    }

    @Test
    void goesOnCountingWhereItsPredecessorStopped() {
        admission.enter(client("192.0.2.1", 1), 0);
        admission.connected(client("192.0.2.9", 40_000));
        Admission successor = new Admission(
                Limits.builder()
                        .sessions(4)
                        .sessionsPerAddress(1)
                        .newSessionsPerSecond(3)
                        .build(),
                counts,
                neighbours);
        admission.stop();

        assertThat(successor.enter(client("192.0.2.1", 2), 0)).isEqualTo(FULL);
        assertThat(successor.enter(client("192.0.2.2", 1), 0)).isEqualTo(ADMITTED);
        assertThat(successor.enter(client("192.0.2.9", 40_000), 0)).contains(CloseCause.LOOP);
        admission.leave(client("192.0.2.1", 1));
        assertThat(successor.enter(client("192.0.2.1", 3), 0)).isEqualTo(ADMITTED);
    }

    private static InetSocketAddress client(String literal, int port) {
        return new InetSocketAddress(IpLiteral.parse(literal).orElseThrow(), port);
    }

    /** What a socket of the IPv6 family tells of an IPv4 peer, where the system does not turn it back. */
    private static InetAddress mapped(String ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        System.arraycopy(IpLiteral.parse(ipv4).orElseThrow().getAddress(), 0, bytes, 12, 4);
        return Inet6Address.getByAddress("", bytes, 0);
    }
}
