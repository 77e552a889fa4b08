package io.ftpalg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.audit.record.AuditEvent;
import io.ftpalg.server.audit.record.AuditRecord.Fields;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.Chains;
import io.ftpalg.server.audit.sink.SinkException;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.TestSinks;
import io.ftpalg.server.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    private Path temp = Path.of(".");

    private final Audit audit = new Audit();

    @AfterEach
    void close() {
        audit.close();
    }

    private void apply(FileSettings... files) {
        audit.apply(Optional.of(new AuditSettings("gw1", List.of(files))));
    }

    private FileSettings file(String name) {
        return TestSinks.file(temp.resolve(name), false);
    }

    private List<Object> events(String name) throws IOException {
        return Files.readAllLines(temp.resolve(name)).stream()
                .map(line -> JsonReader.object(line).get("event"))
                .toList();
    }

    @Test
    void aRunBeginsAndEndsWithARecord() throws IOException {
        apply(file("a.json"));
        audit.close();

        assertThat(events("a.json")).isEqualTo(List.of("file_opened", "audit_started", "audit_stopped"));
    }

    @Test
    void eachSinkGetsEachRecordWithTheSameNumber() throws IOException {
        FileSettings other = TestSinks.file(temp.resolve("b.json"), true);
        apply(file("a.json"), other);
        audit.publish(AuditEvent.SESSION_OPENED, new Fields());
        audit.close();

        assertThat(Files.readAllLines(temp.resolve("a.json")).get(2)).contains("\"seq\":2,\"", "session_opened");
        assertThat(Files.readAllLines(temp.resolve("b.json")).get(2)).contains("\"seq\":2,\"", "session_opened");
    }

    @Test
    void aReloadWithTheSameSettingsKeepsTheChain() throws IOException {
        apply(file("a.json"));
        apply(file("a.json"));
        audit.close();

        assertThat(events("a.json")).isEqualTo(List.of("file_opened", "audit_started", "audit_stopped"));
        assertThat(Chains.errors(temp.resolve("a.json"))).isEmpty();
    }

    @Test
    void aReloadWithOtherSettingsOfTheSameFileContinuesIt() throws IOException {
        apply(file("a.json"));
        apply(TestSinks.file(temp.resolve("a.json"), true));
        audit.publish(AuditEvent.SESSION_OPENED, new Fields());
        audit.close();

        assertThat(events("a.json"))
                .isEqualTo(List.of("file_opened", "audit_started", "session_opened", "audit_stopped"));
        assertThat(Chains.errors(temp.resolve("a.json"))).isEmpty();
    }

    @Test
    void canBeTurnedOff() throws IOException {
        apply(file("a.json"));
        audit.apply(Optional.empty());
        audit.publish(AuditEvent.SESSION_OPENED, new Fields());

        assertThat(events("a.json")).isEqualTo(List.of("file_opened", "audit_started", "audit_stopped"));
    }

    @Test
    void countsWhatEachSinkDropped() {
        apply(file("a.json"));

        assertThat(audit.dropped()).isEqualTo(Map.of("file", 0L));
    }

    @Test
    void leavesItsFilesToAnotherProcess() throws IOException {
        apply(file("a.json"));
        audit.makeWay();
        audit.publish(AuditEvent.SESSION_OPENED, new Fields());
        audit.close();

        assertThat(temp.resolve("a.json")).doesNotExist();
        try (var files = Files.list(temp)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void refusesSettingsThatCannotBeUsed() {
        Optional<AuditSettings> settings = Optional.of(new AuditSettings("gw1", List.of(file("no/a.json"))));

        assertThatThrownBy(() -> Audit.check(settings)).isInstanceOf(SinkException.class);
    }
}
