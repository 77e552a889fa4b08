package io.ftpalg.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.server.files.RegularFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RegularFilesTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void readsAFileAndWhatALinkLeadsTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one\ntwo\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(RegularFiles.lines(link, StandardCharsets.US_ASCII)).containsExactly("one", "two");
        assertThat(RegularFiles.bytes(file)).hasSize(8);
    }

    @Test
    void refusesADirectoryADeviceAndAFileThatIsNotThere() {
        assertThatThrownBy(() -> RegularFiles.open(folder)).hasMessage(folder + ": is a directory, not a regular file");
        assertThatThrownBy(() -> RegularFiles.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        assertThatThrownBy(() -> RegularFiles.open(Path.of("/dev/zero"))).hasMessageContaining("not a regular file");
    }

    /** Which blocks who opens it until somebody writes. */
    @Test
    void refusesANamedPipeAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> RegularFiles.open(pipe)).hasMessageContaining("is a named pipe");
        assertThatThrownBy(() -> PemFiles.certificates(pipe)).hasMessageContaining("is a named pipe");
        assertThatThrownBy(() -> PemFiles.privateKey(pipe)).hasMessageContaining("is a named pipe");
    }
}
