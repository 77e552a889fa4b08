package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.protocol.PortRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassivePortsTest {
    private static final PortRange RANGE = new PortRange(50_000, 50_999);

    @Test
    void triesSixteenDifferentPortsOfTheRange() {
        List<Integer> dealt = deal(PassivePorts.of(RANGE, 10));

        assertThat(dealt).hasSize(16).doesNotHaveDuplicates().allMatch(RANGE::contains);
    }

    @Test
    void triesEveryPortOfASmallRange() {
        assertThat(deal(PassivePorts.of(new PortRange(65_532, 65_535), 10)))
                .containsExactlyInAnyOrder(65_532, 65_533, 65_534, 65_535);
    }

    @Test
    void neverDealsInOrder() {
        PassivePorts ports = PassivePorts.of(RANGE, 10);
        Set<Integer> firsts = new HashSet<>();
        int steps = 0;

        int last = 0;
        for (int i = 0; i < 200; i++) {
            int port = ports.candidates().nextInt();
            steps += port == last + 1 ? 1 : 0;
            last = port;
            firsts.add(port);
        }

        assertThat(steps).isLessThan(20);
        assertThat(firsts).hasSizeGreaterThan(100);
    }

    @Test
    void leavesThePortToTheSystemWithoutARange() {
        assertThat(deal(PassivePorts.ephemeral())).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({"10, 100", "1, 32", "4, 40", "100, 1000"})
    void leasesUpToTheShareOfAClient(int percent, int share) {
        PassivePorts ports = PassivePorts.of(RANGE, percent);

        for (int i = 0; i < share; i++) {
            assertThat(ports.lease(DataFixture.LOCALHOST)).isPresent();
        }

        assertThat(ports.lease(DataFixture.LOCALHOST)).isEmpty();
        assertThat(ports.lease(DataFixture.address("::ffff:127.0.0.1"))).isEmpty();
        assertThat(ports.lease(DataFixture.address("127.0.0.2"))).isPresent();
        assertThat(ports.leased()).isEqualTo(share + 1);
    }

    /** A tenth of twenty ports would be two transfers at a time for all clients behind one NAT. */
    @Test
    void leasesAllPortsOfASmallRangeToOneClient() {
        PassivePorts ports = PassivePorts.of(new PortRange(50_000, 50_019), 10);

        for (int i = 0; i < 20; i++) {
            assertThat(ports.lease(DataFixture.LOCALHOST)).as("port " + i).isPresent();
        }
    }

    @Test
    void countsALeaseThatIsClosedTwiceOnce() {
        PassivePorts ports = PassivePorts.of(RANGE, 1);
        PassivePorts.Lease lease = ports.lease(DataFixture.LOCALHOST).orElseThrow();
        ports.lease(DataFixture.LOCALHOST);

        giveBack(lease);
        giveBack(lease);

        assertThat(ports.leased()).isEqualTo(1);
    }

    @Test
    void refusesAShareOfNothing() {
        assertThatThrownBy(() -> PassivePorts.of(RANGE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void giveBack(PassivePorts.Lease lease) {
        lease.close();
    }

    private static List<Integer> deal(PassivePorts ports) {
        List<Integer> dealt = new ArrayList<>();
        for (PrimitiveIterator.OfInt some = ports.candidates(); some.hasNext(); ) {
            dealt.add(some.nextInt());
        }
        return dealt;
    }
}
