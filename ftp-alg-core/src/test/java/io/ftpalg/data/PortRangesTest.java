package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.PortRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortRangesTest {
    private final PassivePorts unasked = PassivePorts.ephemeral();
    private final PortRanges ranges = new PortRanges(unasked, 50);

    @Test
    void countTheSharesOfARangeInOnePlace() {
        PassivePorts ports = ranges.passive(Optional.of(new PortRange(50_000, 50_001)));

        assertThat(ports.lease(Bed.LOCALHOST)).isPresent();
        assertThat(ranges.passive(Optional.of(new PortRange(50_000, 50_001))).lease(Bed.LOCALHOST)).isEmpty();
        assertThat(ranges.passive(Optional.of(new PortRange(50_000, 50_003))).lease(Bed.LOCALHOST)).isPresent();
    }

    @Test
    void haveOthersWhereNoneIsAskedFor() {
        assertThat(ranges.passive(Optional.empty())).isSameAs(unasked);
        assertThat(ranges.any().ranged()).isFalse();
    }
}
