package io.ftpalg.server.config.schema;

import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.util.stream.Stream;

/** Writes the table of keys in the docs from {@link ProgramKeys}. Stateless. */
public final class ConfigReference {

    private ConfigReference() {}

    /** Returns the table in Markdown. */
    public static String table() {
        return "| key | value | default | what it sets |\n|---|---|---|---|\n"
                + String.join("", rows(ProgramKeys.root(), "").toList());
    }

    private static Stream<String> rows(Section section, String path) {
        return section.entries().stream().flatMap(entry -> {
            String name = path + entry.name();
            if (entry instanceof Key<?> setting) {
                return Stream.of(row(
                        name,
                        form(setting) + (setting.many() ? ", or a list" : ""),
                        setting.standard().map(value -> '`' + value + '`').orElse(""),
                        setting));
            }
            Section below = (Section) entry;
            return Stream.concat(
                    Stream.of(row(
                            name,
                            below.shorthand()
                                    .map(only -> form(only) + ", or:")
                                    .orElse(below.many() ? (below.single() ? "one, or a list of:" : "a list of:") : ""),
                            "",
                            below)),
                    rows(below, name + (below.many() ? "[]." : ".")));
        });
    }

    private static String form(Key<?> key) {
        return '`' + key.form().replace("|", "\\|") + '`';
    }

    private static String row(String name, String value, String standard, Entry entry) {
        return "| `" + name + "`" + (entry.required() ? " (required)" : "") + " | " + value + " | " + standard + " | "
                + entry.description() + " |\n";
    }
}
