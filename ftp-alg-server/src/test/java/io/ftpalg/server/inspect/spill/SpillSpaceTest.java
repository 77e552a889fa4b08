package io.ftpalg.server.inspect.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillSpaceTest {
    @TempDir
    private Path temp = Path.of(".");

    @Test
    void hasAsManyBytesAsItIsGiven() throws IOException {
        try (SpillSpace space = new SpillSpace(new SpillSettings(temp, 1, 10, 100))) {
            assertThat(space.reserve(60)).isTrue();
            assertThat(space.reserve(41)).isFalse();
            assertThat(space.reserve(40)).isTrue();
            assertThat(space.reserve(1)).isFalse();

            space.giveBack(100);
            assertThat(space.used()).isZero();
        }
    }

    @Test
    void removesWhatACrashLeft() throws IOException {
        Path left = Files.createFile(SpillFiles.next(temp));

        new SpillSpace(new SpillSettings(temp, 1, 10, 100)).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void needsADirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> new SpillSpace(new SpillSettings(file, 1, 10, 100)))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("inspection.spill");
    }

    @Test
    void runsTasksAtOnceWhenItIsClosed() throws IOException {
        SpillSpace space = new SpillSpace(new SpillSettings(temp, 1, 10, 100));
        space.close();
        boolean[] ran = new boolean[1];

        space.run(() -> ran[0] = true);

        assertThat(ran[0]).isTrue();
    }
}
