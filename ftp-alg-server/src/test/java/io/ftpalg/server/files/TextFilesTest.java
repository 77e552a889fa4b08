package io.ftpalg.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.FtpReply;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-24T08:05:09+01:00");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void makesOneLineOfOne() throws Exception {
        assertThat(read("Welcome.\n")).isEqualTo(FtpReply.of(220, "Welcome."));
        assertThat(read("Welcome.")).isEqualTo(FtpReply.of(220, "Welcome."));
        assertThat(read("")).isEqualTo(FtpReply.of(220, ""));
    }

    @Test
    void movesALineThatWouldEndTheReply() throws Exception {
        assertThat(read("220 a\n220 b\n220\n220-c\n221 d\n220 e\n").lines())
                .containsExactly("220 a", " 220 b", " 220", "220-c", "221 d", "220 e");
    }

    @Test
    void putsInWhatIsKnown() throws Exception {
        assertThat(read("%h %v %d %t 100%% %x %\n%%h").lines())
                .containsExactly(
                        InetAddress.getLocalHost().getHostName() + ' ' + BuildVersion.version()
                                + " 2026-11-24 08:05:09 100% %x %",
                        "%h");
    }

    @Test
    void sendsBytesAsTheyAreAndNoControlCharacters() throws Exception {
        FtpReply reply = read("Gr\u00fc\u00dfe\r\n\u001b[31mred\u0000\tb\r\n");

        assertThat(reply.lines())
                .containsExactly(
                        new String("Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                        "[31mred b");
    }

    @Test
    void readsSoManyLinesAndNoLongerOnes() throws Exception {
        assertThat(read("x\n".repeat(101)).lines()).hasSize(100);
        assertThat(read("x\n".repeat(100)).lines()).hasSize(100);
        assertThat(read("y".repeat(501)).lines()).containsExactly("y".repeat(500));
        assertThatThrownBy(() -> TextFiles.lines(Path.of("/dev/zero"), 3)).hasMessageContaining("not a regular file");
    }

    @Test
    void failsWithoutTheFile() {
        assertThatThrownBy(() -> TextFiles.read(folder.resolve("none"), 220)).isInstanceOf(NoSuchFileException.class);
    }

    private FtpReply read(String text) throws Exception {
        Path file = Files.write(folder.resolve("text"), List.of());
        Files.writeString(file, text);
        return TextFiles.read(file, 220, NOW);
    }
}
