package io.ftpalg.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceTest {

    @ParameterizedTest
    @CsvSource({"first, FIRST", "round-robin, ROUND_ROBIN", "least-sessions, LEAST_SESSIONS", "hash, HASH"})
    void isReadAsItIsWritten(String text, Balance balance) {
        assertThat(Balance.parse(text)).contains(balance);
        assertThat(balance.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "First", "round_robin", "random"})
    void knowsNoOther(String text) {
        assertThat(Balance.parse(text)).isEmpty();
    }

    @Test
    void hasATextEach() {
        assertThat(Balance.values()).extracting(Balance::text).doesNotHaveDuplicates();
    }
}
