package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isNotPrinted() {
        assertThat(Secret.of("open sesame")).hasToString("****");
        assertThat(Secret.of("open sesame").reveal()).isEqualTo("open sesame");
    }

    @Test
    void equalsTheSameText() {
        assertThat(Secret.of("a"))
                .isEqualTo(Secret.of("a"))
                .hasSameHashCodeAs(Secret.of("a"))
                .isNotEqualTo(Secret.of("b"))
                .isNotEqualTo(Secret.of("aa"))
                .isNotEqualTo("a");
    }
}
