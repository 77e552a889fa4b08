package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.PortRange;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSettingsTest {
    private static final PortRange PORTS = new PortRange(41000, 41999);

    @ParameterizedTest
    @CsvSource({"0,1", "65535,65535"})
    void acceptsTheLimits(int group, int flows) {
        KernelSettings settings = new KernelSettings("A_9", Collections.nCopies(8, PORTS), group, flows);

        assertThat(settings.table()).isEqualTo("ftp_alg_A_9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"", "a;", "012345678901234567890123456789012"})
    void refusesNamesThatNftCannotRead(String name) {
        assertThatThrownBy(() -> new KernelSettings(name, List.of(PORTS), 1, 1))
                .hasMessageContaining("name of the table");
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "65536,1", "1,0", "1,65536"})
    void refusesWhatIsBeyond(int group, int flows) {
        assertThatThrownBy(() -> new KernelSettings("a", List.of(PORTS), group, flows))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void refusesNoRangeAndTooMany(int ranges) {
        assertThatThrownBy(() -> new KernelSettings("a", Collections.nCopies(ranges, PORTS), 1, 1))
                .hasMessageContaining("port ranges");
    }
}
