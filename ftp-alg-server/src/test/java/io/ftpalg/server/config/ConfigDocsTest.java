package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.Limit;
import io.ftpalg.server.config.schema.ConfigReference;
import io.ftpalg.server.config.schema.ConfigSchema;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The docs say of the keys what {@link ProgramKeys} says: ConfigSchema, ConfigReference, LimitKeys, Nearest. With
 * {@code -Dftpalg.docs=write} they are written anew, to be looked at and committed.
 */
class ConfigDocsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- end of keys -->\n";

    @Test
    void schemaIsThatOfTheKeys() throws IOException {
        Path file = DOCS.resolve("config-schema.json");
        if (writes()) {
            Files.writeString(file, ConfigSchema.json());
        }

        assertThat(Files.readString(file)).isEqualTo(ConfigSchema.json());
        // JSON is YAML: a parser of somebody else finds no fault in it.
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(ConfigSchema.json()))
                .asString()
                .contains("additionalProperties=false");
    }

    @Test
    void schemaTakesNoEmptyList() {
        assertThat(ConfigSchema.json())
                .doesNotContain("{ \"type\": \"array\", \"items\"")
                .contains(
                        "{ \"type\": \"array\", \"minItems\": 1, \"items\": { \"type\": [\"string\", \"number\"] } }");
    }

    /** As the reader does: a name may look like a number, and a variable may stand in a list. */
    @Test
    void schemaTakesNumbersForTextAndVariablesInLists() {
        assertThat(ConfigSchema.json())
                .contains(
                        "{ \"type\": [\"string\", \"number\"] }",
                        "\"user@proxyuser\"] }, { \"type\": \"string\", \"pattern\": \"\\\\$\\\\{\" }] } }");
    }

    @Test
    void referenceIsThatOfTheKeys() throws IOException {
        Path file = DOCS.resolve("config.md");
        String text = Files.readString(file);
        String wanted = text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
                + ConfigReference.table()
                + text.substring(text.indexOf(END));
        if (writes()) {
            Files.writeString(file, wanted);
        }

        assertThat(Files.readString(file)).isEqualTo(wanted);
    }

    @Test
    void limitsAreAllThatThereAre() {
        List<String> names = Limit.all().stream()
                .map(limit -> limit.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();

        assertThat(entries("listeners", "limits").stream().map(Entry::name)).containsExactlyElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource({"upstrem,upstream", "Bind,bind", "pasive-port,passive-ports", "zzz,"})
    void nearestIsWhatWasMeant(String written, String meant) {
        List<String> names = entries("listeners").stream().map(Entry::name).toList();

        assertThat(Nearest.to(written, names).orElse(null)).isEqualTo(meant);
    }

    private static List<Entry> entries(String... path) {
        Section section = ProgramKeys.root();
        for (String name : path) {
            section = (Section) section.entry(name).orElseThrow();
        }
        return section.entries();
    }

    private static boolean writes() {
        return "write".equals(System.getProperty("ftpalg.docs"));
    }
}
