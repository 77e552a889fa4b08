package io.ftpalg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.rules.path.TextPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    private static final List<TextPattern> PROGRAMS = List.of(TextPattern.globIgnoringCase("*.exe"));

    @ParameterizedTest
    @CsvSource({"x.exe,x.exe", "x.exe.,x.exe", "'x.exe . ',x.exe", "x.exe::$DATA,x.exe", ".,.", "..,.", ":x,:x"})
    void isReadAsWindowsDoes(String name, String onWindows) {
        assertThat(FileName.of(name).onWindows()).isEqualTo(onWindows);
    }

    @ParameterizedTest
    @CsvSource({"X.EXE,true", "x.exe.,true", "x.exe:y.csv,true", "x.csv,false", "x.csv:y.exe,true"})
    void isDeniedIfOneReadingMatches(String name, boolean denied) {
        assertThat(FileName.of(name).matches(PROGRAMS, true)).isEqualTo(denied);
    }

    @ParameterizedTest
    @CsvSource({"x.exe,true", "x.exe.,false", "x.exe:y.exe,true", "x.csv:y.exe,false"})
    void isAllowedIfBothReadingsMatch(String name, boolean allowed) {
        assertThat(FileName.of(name).matches(PROGRAMS, false)).isEqualTo(allowed);
    }

    @Test
    void emptyNameStays() {
        assertThat(FileName.of("").onWindows()).isEmpty();
    }
}
