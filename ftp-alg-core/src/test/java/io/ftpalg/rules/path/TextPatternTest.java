package io.ftpalg.rules.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/in/**,/in,true",
        "/in/**,/in/a/b,true",
        "/in/**,/inner,false",
        "/in/*,/in/a,true",
        "/in/*,/in/a/b,false",
        "/in/*,/in,false",
        "/**,/,true",
        "/**,/a,true",
        "**/*.exe,/a/b.exe,true",
        "**.exe,/a/b.exe,true",
        "*.exe,/a/b.exe,false",
        "/in/?.csv,/in/a.csv,true",
        "/in/?.csv,/in/ab.csv,false",
        "/a\\*b,/a*b,true",
        "/a\\*b,/axb,false",
        "/in,/in,true",
        "/in,/in/,false",
        "/in/*/x,/in/a/x,true",
        "/in/*/x,/in/a/b/x,false",
        "/in/**/x,/in/a/b/x,true",
        "A,a,false",
        "'',x,false"
    })
    void matchesAWholePath(String glob, String path, boolean matches) {
        assertThat(TextPattern.glob(glob).matches(path)).isEqualTo(matches);
    }

    @Test
    void ignoresCaseWhereItIsToldTo() {
        assertThat(TextPattern.globIgnoringCase("*.exe").matches("X.EXE")).isTrue();
        assertThat(TextPattern.globIgnoringCase("/In/**").matches("/iN/x")).isTrue();
    }

    @Test
    void matchesTheOtherFormOfAnAccent() {
        assertThat(TextPattern.glob("/cafe\u0301").matches("/caf\u00e9")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/in/**,/in,true,true",
        "/in/**,/in/a,true,true",
        "/in/**,/,false,true",
        "/in/**,/out,false,false",
        "/in/**,/inner,false,false",
        "/in/*.csv,/in,false,true",
        "/in/a,/in,false,true",
        "/in/a,/in/a,false,false",
        "**/x,/any,false,true"
    })
    void knowsWhatIsBelowADirectory(String glob, String directory, boolean covers, boolean mayMatch) {
        TextPattern pattern = TextPattern.glob(glob);

        assertThat(pattern.coversBelow(directory)).isEqualTo(covers);
        assertThat(pattern.mayMatchBelow(directory)).isEqualTo(mayMatch);
    }

    @Test
    void takesTimeOfTextTimesPatternAndNoMore() {
        TextPattern pattern = TextPattern.glob("/" + "*a".repeat(400) + "**b");

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(pattern.matches("/" + "a".repeat(4000))).isFalse());
    }

    @Test
    void hasAtMost1000Characters() {
        assertThat(TextPattern.glob("a".repeat(999)).matches("a".repeat(999))).isTrue();
        assertThat(TextPattern.glob("a".repeat(1000)).matches("a".repeat(1000))).isTrue();
        assertThatThrownBy(() -> TextPattern.glob("a".repeat(1001))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TextPattern.glob("a\\")).isInstanceOf(IllegalArgumentException.class);
    }
}
