package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsedTest {

    @Test
    void isTheSameFromItsText() {
        Used used = new Used(1, 2, 3, 4);

        assertThat(Used.parse(used.text())).contains(used);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2 3",
                "1 2 3 4 5",
                "1 2 3 x",
                "2 1 0 0",
                "1 2 -1 0",
                "1 2 0 -1",
                "1 2 3 99999999999999999999"
            })
    void isNotMadeOfOtherText(String text) {
        assertThat(Used.parse(text)).isEmpty();
    }

    @Test
    void aPeriodEndsAfterItsStart() {
        assertThatThrownBy(() -> new Used(1, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
