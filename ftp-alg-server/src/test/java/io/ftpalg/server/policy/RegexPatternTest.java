package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexPatternTest {

    @Test
    void wholeMatchesNoPart() {
        assertThat(RegexPattern.whole("re:b+", "b+").matches("abb")).isFalse();
    }

    @Test
    void partMatchesAnyPart() {
        assertThat(RegexPattern.part("b+").matches("abb")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "[z-a]", "(a)\\1", "(?=a)", "a{1001}", "(a{100}){100}", "((a{10,}){10}){11}"})
    void refuses(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> RegexPattern.part(expression));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000})
    void takesSoManyCharacters(int length) {
        assertThat(RegexPattern.part("a".repeat(length)).text()).hasSize(length + 2);
    }

    @Test
    void refusesMoreThan1000Characters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegexPattern.part("a".repeat(1001)))
                .withMessageContaining("1000");
    }

    @Test
    void takes1000Repetitions() {
        assertThat(RegexPattern.part("(a{10}){100}").matches("a".repeat(1000))).isTrue();
    }

    @Test
    void refuses1001Repetitions() {
        assertThatIllegalArgumentException().isThrownBy(() -> RegexPattern.part("(a{7}){143}"));
    }

    @Test
    void takesNoLongerForAPatternThatBacktrackingEnginesCannotFinish() {
        long before = System.nanoTime();
        RegexPattern.whole("x", "(a+)+$").matches("a".repeat(4000) + "!");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void areEqualByText() {
        assertThat(RegexPattern.part("a")).isEqualTo(RegexPattern.part("a")).hasSameHashCodeAs(RegexPattern.part("a"));
    }
}
