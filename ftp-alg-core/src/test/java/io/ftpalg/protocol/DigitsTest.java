package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @Test
    void areThoseOfAscii() {
        assertThat(Digits.only("0123456789")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1 ", "/", ":", "1a", "\u0661"})
    void areNothingElse(String text) {
        assertThat(Digits.only(text)).isFalse();
    }
}
