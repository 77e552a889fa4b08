package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({"plain, plain", "\u00C3\u00A4, \u00E4", "\u00E4, \u00E4", "\u00C3, \u00C3"})
    void areUtf8WhereTheyCanBe(String bytes, String text) {
        assertThat(Names.decode(bytes)).isEqualTo(text);
    }
}
