package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.protocol.PortRange;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortRangesTest {
    private final PassivePorts unasked = PassivePorts.ephemeral();
    private final PortRanges ranges = new PortRanges(unasked, 50);

    @Test
    void countTheSharesOfARangeInOnePlace() {
        PassivePorts ports = ranges.passive(Optional.of(new PortRange(50_000, 50_063)));

        for (int i = 0; i < PassivePorts.LEAST_SHARE; i++) {
            assertThat(ports.lease(DataFixture.LOCALHOST)).isPresent();
        }
        assertThat(ranges.passive(Optional.of(new PortRange(50_000, 50_063))).lease(DataFixture.LOCALHOST))
                .isEmpty();
        assertThat(ranges.passive(Optional.of(new PortRange(50_000, 50_127))).lease(DataFixture.LOCALHOST))
                .isPresent();
    }

    @Test
    void haveOthersWhereNoneIsAskedFor() {
        assertThat(ranges.passive(Optional.empty())).isSameAs(unasked);
        assertThat(ranges.any().ranged()).isFalse();
    }

    @Test
    void knowWhichAreOpen() {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 50_000);
        ranges.opened(address);

        assertThat(ranges.isOpen(address)).isTrue();
        assertThat(ranges.isOpen(new InetSocketAddress("127.0.0.1", 50_001))).isFalse();
        assertThat(ranges.isOpen(new InetSocketAddress("127.0.0.2", 50_000))).isFalse();

        ranges.closed(address);

        assertThat(ranges.isOpen(address)).isFalse();
    }
}
