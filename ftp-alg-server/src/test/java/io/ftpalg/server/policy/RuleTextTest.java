package io.ftpalg.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.exe | X.EXE | true",
                "*.exe | x.exe.txt | false",
                "re:.*[.]c+om | a.COM | true",
                "re:a+ | baab | false"
            })
    void matchesFileNamesInAnyCase(String pattern, String name, boolean matches) {
        assertThat(RuleText.fileName(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void matchesUsersAsBytes() {
        assertThat(RuleText.user("jos\u00e9").matches("jos\u00c3\u00a9")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/x", "", "re:(", "/x\\"})
    void refusesAsAPath(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.path(text));
    }

    @Test
    void refusesAFileNameWithASlash() {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.fileName("a/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "A-B", "", "STOR x", "ABCDEFGHIJKLMNOPQ"})
    void refusesAsAVerb(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.verb(text));
    }

    @ParameterizedTest
    @CsvSource({"550 Not here., 550", "421 Later, 421"})
    void readsARefusal(String text, int code) {
        assertThat(RuleText.refusal(text).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 Done.", "550", "550 ", "650 x", "550 a\nb"})
    void refusesAsARefusal(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.refusal(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "06:00-22:00 Europe/Berlin | 2026-07-01T03:59:59Z | false",
                "06:00-22:00 Europe/Berlin | 2026-07-01T04:00:00Z | true",
                "06:00-22:00 Europe/Berlin | 2026-01-01T04:59:59Z | false",
                "06:00-22:00 Europe/Berlin | 2026-07-01T20:00:00Z | false",
                "mon-fri 08:00-18:00 UTC | 2026-11-27T12:00:00Z | true",
                "mon-fri 08:00-18:00 UTC | 2026-11-28T12:00:00Z | false",
                "sat,sun 00:00-24:00 UTC | 2026-11-28T23:59:59Z | true",
                "sat,sun 00:00-24:00 UTC | 2026-11-30T00:00:00Z | false",
                "fri-mon 22:00-06:00 UTC | 2026-12-01T05:59:59Z | true",
                "fri-mon 22:00-06:00 UTC | 2026-12-01T22:00:00Z | false"
            })
    void readsTimes(String text, String instant, boolean contains) {
        assertThat(RuleText.time(text).contains(Instant.parse(instant))).isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06:00-22:00",
                "6:00-22:00 UTC",
                "06:00-24:01 UTC",
                "25:00-26:00 UTC",
                "06:00-22:00 Mars/Base",
                "foo 06:00-22:00 UTC",
                "mon- 06:00-22:00 UTC",
                "06:60-22:00 UTC"
            })
    void refusesAsATime(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RuleText.time(text))
                .withMessageStartingWith("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "", "/in\n"})
    void refusesAsARoot(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.root(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {400})
    void takesATextOfSoManyCharacters(int length) {
        assertThat(RuleText.replyText("a".repeat(length))).hasSize(length);
    }

    @Test
    void refusesATextOf401Characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> RuleText.replyText("a".repeat(401)));
    }
}
