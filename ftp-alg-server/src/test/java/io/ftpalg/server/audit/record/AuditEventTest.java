package io.ftpalg.server.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditEventTest {

    @Test
    void hasItsLineInTheDocs() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "audit.md")).lines())
                .containsSubsequence(Stream.of(AuditEvent.values())
                        .map(event -> "| `" + event.text() + "` | " + event.description() + " |")
                        .toList());
    }
}
