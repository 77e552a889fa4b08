package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {

    @ParameterizedTest
    @CsvSource({
        "50000-50999, 50000, 50999, 1000, 50000-50999",
        "21, 21, 21, 1, 21",
        "21-21, 21, 21, 1, 21",
        "1-65535, 1, 65535, 65535, 1-65535"
    })
    void readsARange(String text, int first, int last, int size, String canonical) {
        PortRange range = PortRange.parse(text).orElseThrow();

        assertThat(range).isEqualTo(new PortRange(first, last)).hasToString(canonical);
        assertThat(range.size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0",
                "0-21",
                "65536",
                "21-65536",
                "99999",
                "30-20",
                "21-",
                "-21",
                "1-2-3",
                "a",
                "21 ",
                " 21",
                "2 1",
                "21\n",
                "+21",
                "100000",
                "\u0661",
                "21,22"
            })
    void refusesWhatIsNoRange(String text) {
        assertThat(PortRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "150, true", "199, true", "200, false"})
    void holdsBothEnds(int port, boolean contained) {
        assertThat(new PortRange(100, 199).contains(port)).isEqualTo(contained);
    }

    @Test
    void cannotBeMadeOfWhatIsNoRange() {
        assertThatThrownBy(() -> new PortRange(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(1, 65536)).isInstanceOf(IllegalArgumentException.class);
    }
}
