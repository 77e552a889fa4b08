package io.ftpalg.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void writesWhatItReads() {
        String text = Json.object()
                .put("text", "a\"\\\n\u0007\u00e9<")
                .put("number", 5L)
                .put("part", 0.5)
                .put("flag", true)
                .put("none", Optional.empty())
                .put("some", Optional.of("x"))
                .put("list", List.of(1, Map.of("a", "b")))
                .toString();

        assertThat(text).doesNotContain("\n").doesNotContain("<");
        assertThat(JsonReader.object(text))
                .containsEntry("text", "a\"\\\n\u0007\u00e9<")
                .containsEntry("number", 5L)
                .containsEntry("part", 0.5)
                .containsEntry("flag", true)
                .containsEntry("some", "x")
                .containsEntry("list", List.of(1L, Map.of("a", "b")))
                .doesNotContainKey("none");
    }

    @Test
    void readsAllThatJsonHas() {
        assertThat(JsonReader.read(" [ null , false, -1.5e3, \"\\u0041\\/\\b\\f\\n\\r\\t\", {}, [] ] "))
                .isEqualTo(List.of(Optional.empty(), false, -1500.0, "A/\b\f\n\r\t", Map.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "01",
                "1.",
                "--1",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "\"a\nb\"",
                "NaN",
                "99999999999999999999999999999999999999"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsTooDeep() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void anObjectIsNoList() {
        assertThatThrownBy(() -> JsonReader.object("[]")).isInstanceOf(IllegalArgumentException.class);
    }
}
