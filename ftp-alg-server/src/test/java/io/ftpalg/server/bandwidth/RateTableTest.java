package io.ftpalg.server.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.Rate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateTableTest {
    private final RateTable table = new RateTable(new Rate(Optional.of(1L), Optional.empty(), Optional.empty()));

    @Test
    void eachHasItsOwn() {
        assertThat(table.of("joe")).isSameAs(table.of("joe")).isNotEqualTo(table.of("ann"));
    }

    @Test
    void keepsTheLastOnes() {
        SharedRate joe = table.of("joe");
        for (int i = 1; i < RateTable.KEPT; i++) {
            table.of(i);
        }
        assertThat(table.of("joe")).isSameAs(joe);

        for (int i = 0; i < RateTable.KEPT; i++) {
            table.of(i);
        }
        assertThat(table.of("joe")).isNotSameAs(joe);
    }
}
