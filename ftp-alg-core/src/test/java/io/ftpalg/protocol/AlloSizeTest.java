package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlloSizeTest {

    @ParameterizedTest
    @CsvSource({
        "100,100",
        "'  7 R 80',7",
        "0,0",
        "999999999999999999,999999999999999999",
        "1000000000000000000,9223372036854775807",
        "99999999999999999999999999,9223372036854775807"
    })
    void isTheFirstNumber(String argument, long bytes) {
        assertThat(AlloSize.of(argument)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "R 80", "-1", "x"})
    void isNoneWithoutANumber(String argument) {
        assertThat(AlloSize.of(argument)).isEmpty();
    }
}
