package io.ftpalg.server.config;

import io.ftpalg.server.config.ConfigEntry.Section;
import io.ftpalg.server.config.ConfigEntry.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the JSON Schema of the config file from {@link ConfigKeys}, so that editors complete and check it. Stateless. */
public final class ConfigSchema {
    /** A value with a variable in it may come to anything. */
    private static final String VARIABLE = "{ \"type\": \"string\", \"pattern\": \"\\\\$\\\\{\" }";

    private ConfigSchema() {
    }

    /** Returns the schema (draft 2020-12). */
    public static String json() {
        return "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"ftp-alg config file\",\n"
                + indent(object(ConfigKeys.root())) + "\n}\n";
    }

    private static String object(Section section) {
        List<String> required = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        for (ConfigEntry entry : section.entries()) {
            String body = entry instanceof Setting setting ? value(setting) : below((Section) entry);
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
        return !section.many() ? object(section)
                : "\"type\": \"array\",\n\"minItems\": 1,\n\"items\": {\n" + indent(object(section)) + "\n}";
    }

    private static String value(Setting setting) {
        String one = switch (setting.kind()) {
            case TEXT, FILE, PATH -> "{ \"type\": \"string\" }";
            // 1.2 is a number to YAML, and read as it is written.
            case CHOICE -> setting.choices().stream()
                    .flatMap(word -> word.matches("[0-9.]+") ? Stream.of(quoted(word), word) : Stream.of(quoted(word)))
                    .collect(Collectors.joining(", ", "{ \"enum\": [", "] }"));
            case COUNT -> "{ \"type\": \"integer\", \"minimum\": " + setting.form().split(" ")[0] + ", \"maximum\": "
                    + setting.form().substring(setting.form().lastIndexOf(' ') + 1) + " }";
            case TIME -> "{ \"type\": \"string\", \"pattern\": \"^[0-9]{1,6}[smh]?$\" },\n  "
                    + "{ \"type\": \"integer\", \"minimum\": 1, \"maximum\": 999999 }";
            case FLAG -> "{ \"type\": \"boolean\" }";
        };
        String list = setting.many() ? ",\n  { \"type\": \"array\", \"minItems\": 1, \"items\": " + one + " }" : "";
        String variable = one.startsWith("{ \"type\": \"string\" }") ? "" : ",\n  " + VARIABLE;
        return "\"anyOf\": [\n  " + one + variable + list + "\n]";
    }

    private static String indent(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
