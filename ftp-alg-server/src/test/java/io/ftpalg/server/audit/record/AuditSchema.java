package io.ftpalg.server.audit.record;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ftpalg.server.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** docs/audit-schema.json: made of the table of fields, and used to validate records. Stateless. */
public final class AuditSchema {
    static final Path FILE = Path.of("..", "docs", "audit-schema.json");

    private AuditSchema() {}

    /** Returns what is wrong with a line, by the schema in the docs. */
    public static List<String> errors(String line) {
        return schema().validate(line, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of the schema. */
    static String text() {
        List<String> lines = new ArrayList<>();
        lines.add("{");
        lines.add("  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",");
        lines.add("  \"title\": \"audit record of ftp-alg, version 1\",");
        lines.add(
                "  \"description\": \"One line of an audit file. Further fields may be added to version 1: ignore what you do not"
                        + " know.\",");
        lines.add("  \"type\": \"object\",");
        lines.add("  \"required\": [\"schema\", \"time\", \"instance\", \"run\", \"event\"],");
        lines.add("  \"properties\": {");
        AuditField[] fields = AuditField.values();
        for (AuditField field : fields) {
            lines.add("    " + Json.text(field.text()) + ": " + Json.text(property(field))
                    + (field == fields[fields.length - 1] ? "" : ","));
        }
        lines.add("  }");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, Object> property(AuditField field) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", field.description());
        switch (field.kind()) {
            case NUMBER -> {
                property.put("type", "integer");
                property.put("minimum", 0);
            }
            case FLAG -> property.put("type", "boolean");
            case TEXT, PEER -> property.put("type", "string");
            case LIST -> {
                property.put("type", "array");
                property.put("items", Map.of("type", "string"));
            }
        }
        switch (field) {
            case SCHEMA -> property.put("const", JsonLine.SCHEMA);
            case EVENT ->
                property.put(
                        "enum",
                        Stream.of(AuditEvent.values()).map(AuditEvent::text).toList());
            case TIME -> property.put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$");
            case HASH, PREVIOUS, TORN_SHA256 -> property.put("pattern", "^[0-9a-f]{64}$");
            case AT -> property.put("enum", List.of("gateway", "server"));
            case SIDE -> property.put("enum", List.of("client", "server"));
            case RESULT -> property.put("enum", List.of("done", "failed", "deleted", "kept", "refused", "cut"));
            default -> {}
        }
        return property;
    }
}
