package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.audit.record.TestRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void aFileThatCanBeMadeIsGoodAndIsNotMade() {
        Path file = temp.resolve("audit.json");

        assertThatCode(() -> Sinks.check(TestSinks.file(file, false))).doesNotThrowAnyException();
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAFileInADirectoryThatIsNotThere() {
        assertThatThrownBy(() -> Sinks.check(TestSinks.file(temp.resolve("no/audit.json"), false)))
                .isInstanceOf(SinkException.class)
                .hasMessageEndingWith("there is no directory " + temp.resolve("no")
                        + ": create it, owned by the user of the gateway");
    }

    @Test
    void refusesADeviceWhichCouldBlock() {
        assertThatThrownBy(() -> Sinks.check(TestSinks.file(Path.of("/dev/null"), false)))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("is no regular file");
    }

    @Test
    void refusesADirectory() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("audit.json"));

        assertThatThrownBy(() -> Sinks.check(TestSinks.file(directory, false)))
                .hasMessageContaining("is no regular file");
    }

    @Test
    void makesAFile() throws Exception {
        Path file = temp.resolve("audit.json");
        try (Sink sink = Sinks.of(TestSinks.file(file, false), TestRecords.ORIGIN)) {
            sink.write(TestRecords.transfer(1, "a"));
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
    }
}
