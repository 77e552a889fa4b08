package io.ftpalg.server.config.schema;

import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the JSON Schema of the config file from {@link ProgramKeys}, so that editors complete and check it. Stateless. */
public final class ConfigSchema {
    /** A value with a variable in it may come to anything. */
    private static final String VARIABLE = "{ \"type\": \"string\", \"pattern\": \"\\\\$\\\\{\" }";

    private ConfigSchema() {}

    /** Returns the schema (draft 2020-12). */
    public static String json() {
        return "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"ftp-alg config file\",\n"
                + indent(object(ProgramKeys.root())) + "\n}\n";
    }

    private static String object(Section section) {
        List<String> required = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        for (Entry entry : section.entries()) {
            String body = entry instanceof Key<?> setting ? value(setting) : below((Section) entry);
            properties.add(quoted(entry.name()) + ": {\n  \"description\": " + quoted(entry.description()) + ",\n"
                    + indent(body) + "\n}");
            if (entry.required()) {
                required.add(quoted(entry.name()));
            }
        }
        return "\"type\": \"object\",\n\"additionalProperties\": false,\n"
                + (required.isEmpty() ? "" : "\"required\": [" + String.join(", ", required) + "],\n")
                + "\"properties\": {\n" + indent(String.join(",\n", properties)) + "\n}";
    }

    private static String below(Section section) {
        if (section.shorthand().isPresent()) {
            return "\"anyOf\": [\n  {\n" + indent(indent(object(section))) + "\n  },\n  "
                    + String.join(",\n  ", one(section.shorthand().get())) + "\n]";
        }
        if (!section.many()) {
            return object(section);
        }
        String list = "\"type\": \"array\",\n\"minItems\": 1,\n\"items\": {\n" + indent(object(section)) + "\n}";
        return !section.single()
                ? list
                : "\"anyOf\": [\n  {\n" + indent(indent(object(section))) + "\n  },\n  {\n" + indent(indent(list))
                        + "\n  }\n]";
    }

    private static String value(Key<?> setting) {
        List<String> one = one(setting);
        String list = !setting.many()
                ? ""
                : ",\n  { \"type\": \"array\", \"minItems\": 1, \"items\": "
                        + (one.size() == 1 ? one.get(0) : "{ \"anyOf\": [" + String.join(", ", one) + "] }") + " }";
        return "\"anyOf\": [\n  " + String.join(",\n  ", one) + list + "\n]";
    }

    /** Returns what one value may be. */
    private static List<String> one(Key<?> setting) {
        return switch (setting.kind()) {
            // A name may look like a number to YAML, and is read as it is written.
            case TEXT -> List.of("{ \"type\": [\"string\", \"number\"] }");
            case FILE, PATH -> List.of("{ \"type\": \"string\" }");
            // So is 1.2.
            case CHOICE ->
                List.of(
                        setting.choices().stream()
                                .flatMap(word -> word.matches("[0-9.]+")
                                        ? Stream.of(quoted(word), word)
                                        : Stream.of(quoted(word)))
                                .collect(Collectors.joining(", ", "{ \"enum\": [", "] }")),
                        VARIABLE);
            case COUNT ->
                List.of(
                        "{ \"type\": \"integer\", \"minimum\": "
                                + setting.form().split(" ")[0] + ", \"maximum\": "
                                + setting.form().substring(setting.form().lastIndexOf(' ') + 1) + " }",
                        VARIABLE);
            case TIME ->
                List.of(
                        "{ \"type\": \"string\", \"pattern\": \"^[0-9]{1,6}[smh]?$\" }",
                        "{ \"type\": \"integer\", \"minimum\": 1, \"maximum\": 999999 }",
                        VARIABLE);
            case FLAG -> List.of("{ \"type\": \"boolean\" }", VARIABLE);
        };
    }

    private static String indent(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
