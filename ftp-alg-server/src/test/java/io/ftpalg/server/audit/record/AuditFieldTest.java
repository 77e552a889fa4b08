package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/audit.md and the schema in the docs have each field; write the schema with {@code -Dftpalg.docs=write}. */
class AuditFieldTest {
    private static final Path DOC = Path.of("..", "docs", "audit.md");

    @Test
    void isInTheSchema() throws IOException {
        if ("write".equals(System.getProperty("ftpalg.docs"))) {
            Files.writeString(AuditSchema.FILE, AuditSchema.text());
        }

        assertThat(Files.readString(AuditSchema.FILE)).isEqualTo(AuditSchema.text());
    }

    @Test
    void hasItsLineInTheDocs() throws IOException {
        assertThat(Files.readString(DOC).lines())
                .containsSubsequence(Stream.of(AuditField.values())
                        .map(field -> "| `" + field.text() + "` | " + field.description() + " |")
                        .toList());
    }
}
