package io.ftpalg.server.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.Audit;
import io.ftpalg.server.audit.sink.AuditSettings;
import io.ftpalg.server.audit.sink.TestSinks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    @TempDir
    private Path temp = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = Path.of(".");

    @BeforeEach
    void write() {
        file = temp.resolve("audit.json");
        try (Audit audit = new Audit()) {
            audit.apply(Optional.of(new AuditSettings("gw1", List.of(TestSinks.file(file, false)))));
        }
    }

    private int verify(Path... files) {
        CommandLine line = new CommandLine(new AuditCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] arguments = new String[files.length + 1];
        arguments[0] = "verify";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 1] = files[i].toString();
        }
        return line.execute(arguments);
    }

    @Test
    void isZeroForAFileThatIsAsItWasWritten() {
        assertThat(verify(file)).isZero();
        assertThat(out.toString()).startsWith("verified: 3 records in 1 file, from 2");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void isOneForAChangedFileAndNamesTheLine() throws IOException {
        Files.writeString(file, Files.readString(file).replace("audit_started", "audit_startes"));

        assertThat(verify(file)).isEqualTo(1);
        assertThat(err.toString()).startsWith(file + ":2: this line has a hash that does not fit");
    }

    @Test
    void isTwoForAFileThatIsNotThere() {
        assertThat(verify(temp.resolve("none.json"))).isEqualTo(2);
        assertThat(err.toString()).startsWith(temp.resolve("none.json") + ": no such file");
    }

    @Test
    void isTwoForAFileThatIsNotCompressed() throws IOException {
        Path wrong = Files.writeString(temp.resolve("a.gz"), "no gzip");

        assertThat(verify(wrong)).isEqualTo(2);
        assertThat(err.toString()).startsWith(wrong + ": cannot be read: ");
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path compressed = temp.resolve("audit.json.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(file, gzip);
        }

        assertThat(verify(compressed)).isZero();
    }

    @Test
    void needsAFile() {
        assertThat(verify()).isEqualTo(2);
    }
}
