package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "*.csv, in/Day.CSV, true",
        "*.csv, day.csv.exe, false",
        "'*.csv', 'in\\day.csv ', true",
        "a?c, abc, true",
        "'a\\*', a*, true",
        "'a\\*', ab, false"
    })
    void matchTheLastPartOfAPath(String glob, String path, boolean matches) {
        assertThat(new NamePatterns(List.of(glob)).match(path)).isEqualTo(matches);
    }

    @Test
    void matchBytesOfUtf8AsTheTextThatTheyAre() {
        String sent = new String("PRÜFUNG.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(new NamePatterns(List.of("pr?fung.*")).match(sent)).isTrue();
        assertThat(new NamePatterns(List.of("prüfung.*")).match(sent)).isTrue();
    }

    @Test
    void areNoneOfAnEmptyList() {
        assertThat(new NamePatterns(List.of()).isEmpty()).isTrue();
        assertThat(new NamePatterns(List.of("*")).isEmpty()).isFalse();
    }

    @Test
    void refuseABackslashAtTheEnd() {
        List<String> globs = List.of("a\\");

        assertThatThrownBy(() -> new NamePatterns(globs)).hasMessageContaining("does not end with a backslash");
    }
}
