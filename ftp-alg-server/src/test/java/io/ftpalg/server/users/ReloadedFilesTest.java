package io.ftpalg.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedFilesTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder = Path.of(".");

    private long now = Long.MAX_VALUE - 10;
    private int readings;

    @Test
    void readsAgainWhatChangedAndLooksOnceASecond() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "one");
        ReloadedFiles<String> files = files(file);
        assertThat(files.current()).isEqualTo("one");

        Files.writeString(file, "three");
        now += SECOND - 1;
        assertThat(files.current()).isEqualTo("one");
        now++;
        assertThat(files.current()).isEqualTo("three");
        now += SECOND;
        assertThat(files.current()).isEqualTo("three");

        assertThat(readings).isEqualTo(2);
    }

    @Test
    void keepsWhatWasGoodAndSaysOnceWhatIsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "good");
        try (LogCapture log = new LogCapture(ReloadedFiles.class)) {
            ReloadedFiles<String> files = files(file);
            for (String text : List.of("bad", "bad still", "bad after all")) {
                Files.writeString(file, text);
                now += SECOND;
                assertThat(files.current()).isEqualTo("good");
            }
            Files.writeString(file, "mended");
            now += SECOND;
            assertThat(files.current()).isEqualTo("mended");
            Files.delete(file);
            now += SECOND;
            assertThat(files.current()).isEqualTo("mended");

            assertThat(log.lines())
                    .containsExactly(
                            "ERROR users kept detail=\"" + file + ": is bad\"",
                            "INFO users reloaded files=[" + file + "]",
                            "ERROR users kept detail=\"" + file + ": there is no such file\"");
        }
    }

    @Test
    void doesNotBeginWithWhatIsBad() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "bad");

        assertThatThrownBy(() -> files(file)).isInstanceOf(UsersException.class).hasMessage(file + ": is bad");
    }

    private ReloadedFiles<String> files(Path file) throws UsersException {
        return new ReloadedFiles<>(List.of(file), () -> read(file), () -> now);
    }

    private String read(Path file) throws UsersException {
        readings++;
        try {
            String text = Files.readString(file);
            if (text.startsWith("bad")) {
                throw new UsersException(file + ": is bad");
            }
            return text;
        } catch (IOException e) {
            throw UsersException.unreadable(file, e);
        }
    }
}
