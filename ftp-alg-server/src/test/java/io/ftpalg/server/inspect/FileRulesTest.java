package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.Inspection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {
    private static final String NAME = "files of this name are not allowed";

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "A.EXE", "dir/a.exe", "..\\a.ExE", "a.exe ", ".exe", "setup-1.msi"})
    void rejectsTheseNames(String path) {
        Inspection inspection = new FileRules(Optional.empty(), List.of("*.exe", "setup-?.*")).of(path);

        assertThat(Verdicts.end(inspection, 0)).isEqualTo(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exe", "a.exe.txt", "a.exe/b", "setup-12.msi", ""})
    void passesOthers(String path) {
        Inspection inspection = new FileRules(Optional.empty(), List.of("*.exe", "setup-?.*")).of(path);

        assertThat(Verdicts.piece(inspection, "x")).isEqualTo("pass");
    }

    @Test
    void takesNoLongerForManyStars() {
        String pattern = "*a".repeat(50) + "b";
        Inspection inspection = new FileRules(Optional.empty(), List.of(pattern)).of("a".repeat(4000));

        assertThat(Verdicts.end(inspection, 0)).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"9, pass", "10, pass", "11, larger than 10 bytes"})
    void rejectsLargerFiles(int size, String verdict) {
        FileRules rules = new FileRules(Optional.of(10L), List.of());
        Inspection inspection = rules.of("f");

        assertThat(Verdicts.piece(inspection, "x".repeat(size - 1))).isEqualTo("pass");
        assertThat(Verdicts.piece(inspection, "x")).isEqualTo(verdict);
        assertThat(Verdicts.end(rules.of("f"), size)).isEqualTo(verdict);
    }
}
