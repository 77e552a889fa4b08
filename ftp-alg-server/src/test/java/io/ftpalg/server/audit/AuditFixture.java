package io.ftpalg.server.audit;

import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.TestSinks;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An audit that writes to a file, which a test reads when all is written. */
final class AuditFixture {
    final Audit audit = new Audit();
    private final Path file;

    /** Makes one that is off. */
    AuditFixture() {
        file = Path.of("none");
    }

    AuditFixture(Path directory) {
        file = directory.resolve("audit.json");
        audit.apply(Optional.of(settings(file)));
    }

    static AuditSettings settings(Path file) {
        return new AuditSettings("gw1", List.of(TestSinks.file(file, true)));
    }

    Path file() {
        return file;
    }

    /** Ends the audit, and returns its lines. */
    List<String> lines() throws IOException {
        audit.close();
        return Files.readAllLines(file);
    }

    /** Ends the audit, and returns the records of an event. */
    List<Map<String, Object>> records(String event) throws IOException {
        return lines().stream()
                .map(JsonReader::object)
                .filter(record -> event.equals(record.get("event")))
                .toList();
    }
}
