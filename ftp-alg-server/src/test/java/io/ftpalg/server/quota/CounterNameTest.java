package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"joe", "", " a  b ", "\u00ff"})
    void isTheSameFromItsText(String user) {
        CounterName name = new CounterName(false, user, Period.DAY, Way.UPLOAD);

        assertThat(CounterName.parse(name.text())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user day upload", "host day upload joe", "user week upload joe", "user day up joe"})
    void isNotMadeOfOtherText(String text) {
        assertThat(CounterName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127, 127", "128, 128", "129, 128", "4000, 128"})
    void aLongNameIsShortened(int length, int kept) {
        assertThat(name("u".repeat(length)).name()).hasSize(kept);
    }

    @Test
    void longNamesThatDifferAtTheirEndStayDifferent() {
        assertThat(name("u".repeat(200) + "a")).isNotEqualTo(name("u".repeat(200) + "b"));
    }

    @Test
    void aShortenedNameIsTheSameFromItsText() {
        CounterName name = name("u".repeat(200));

        assertThat(CounterName.parse(name.text())).contains(name);
    }

    private static CounterName name(String user) {
        return new CounterName(false, user, Period.DAY, Way.UPLOAD);
    }
}
