package io.ftpalg.server.keys.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "90s, 90", "5m, 300", "1h, 3600"})
    void readsTimes(String text, long seconds) {
        assertThat(Amounts.time(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "1d", "-1", "1234567"})
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> Amounts.time(text)).hasMessageStartingWith("expected a time");
    }

    @Test
    void refusesTimesBeyondTheLongest() {
        assertThat(Amounts.time("3600s", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> Amounts.time("3601s", Duration.ofHours(1))).hasMessage("expected a time up to 1h");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "1kB, 1000",
        "1KiB, 1024",
        "2MB, 2000000",
        "2MiB, 2097152",
        "1GB, 1000000000",
        "1GiB, 1073741824"
    })
    void readsBytes(String text, long bytes) {
        assertThat(Amounts.bytes(text, 10, 1L << 30)).isEqualTo(bytes);
    }

    @Test
    void readsTheMostOfAnyKey() {
        assertThat(Amounts.bytes("1125899906842624", 1, 1L << 50)).isEqualTo(1L << 50);
        assertThatThrownBy(() -> Amounts.bytes("1125899906842625", 1, 1L << 50))
                .hasMessageStartingWith("expected bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "1073741825", "2GiB", "1 kB", "", "999999999999999GiB"})
    void refusesOtherBytes(String text) {
        assertThatThrownBy(() -> Amounts.bytes(text, 10, 1L << 30)).hasMessageStartingWith("expected bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "11", "x", ""})
    void refusesNumbersBeyondTheirBounds(String text) {
        assertThat(Amounts.number("2", 2, 10)).isEqualTo(2);
        assertThat(Amounts.number("10", 2, 10)).isEqualTo(10);
        assertThatThrownBy(() -> Amounts.number(text, 2, 10)).hasMessage("expected a number from 2 to 10");
    }
}
