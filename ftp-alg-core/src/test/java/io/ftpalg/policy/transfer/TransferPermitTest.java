package io.ftpalg.policy.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransferPermitTest {

    private static TransferPermit of(Optional<Long> bytes, String... inspections) {
        return new TransferPermit(bytes, Optional.of(Set.of(inspections)));
    }

    @Test
    void bothTogetherAreTheSmallerSizeAndAllInspections() {
        assertThat(of(Optional.of(5L), "hash").and(of(Optional.of(3L), "types")))
                .isEqualTo(of(Optional.of(3L), "hash", "types"));
        assertThat(of(Optional.empty(), "hash").and(of(Optional.of(3L)))).isEqualTo(of(Optional.of(3L), "hash"));
    }

    @Test
    void anyLeavesTheOtherAsItIs() {
        TransferPermit some = of(Optional.of(3L), "hash");

        assertThat(TransferPermit.ANY.and(some)).isEqualTo(some);
        assertThat(some.and(TransferPermit.ANY)).isEqualTo(some);
    }

    @Test
    void sizeIsNotNegative() {
        assertThat(of(Optional.of(0L)).maxBytes()).contains(0L);
        assertThatThrownBy(() -> of(Optional.of(-1L))).isInstanceOf(IllegalArgumentException.class);
    }
}
