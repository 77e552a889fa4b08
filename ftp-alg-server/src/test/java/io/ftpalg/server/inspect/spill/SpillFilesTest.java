package io.ftpalg.server.inspect.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFilesTest {
    @TempDir
    private Path directory = Path.of(".");

    @Test
    void whatACrashLeftIsRemoved() throws Exception {
        Files.createFile(SpillFiles.next(directory));
        Files.writeString(SpillFiles.next(directory), "of a system where files in use have a name");

        SpillFiles.removeLeft(directory, 10);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatHasAnotherNameOrIsNoFileStays() throws Exception {
        String name = SpillFiles.next(directory).getFileName().toString();
        Path other = Files.createFile(directory.resolve("ftp-alg-x.spill"));
        Path longer = Files.createFile(directory.resolve(name + ".txt"));
        Path folder = Files.createDirectory(SpillFiles.next(directory));
        Path link = Files.createSymbolicLink(SpillFiles.next(directory), other);

        SpillFiles.removeLeft(directory, 10);

        assertThat(list()).containsExactlyInAnyOrder(other, longer, folder, link);
    }

    @Test
    void removesSoManyAtMost() throws Exception {
        for (int i = 0; i < 4; i++) {
            Files.createFile(SpillFiles.next(directory));
        }

        SpillFiles.removeLeft(directory, 3);
        assertThat(list()).hasSize(1);

        SpillFiles.removeLeft(directory, 1);
        assertThat(list()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeReadIsNoFailure() {
        assertThatCode(() -> SpillFiles.removeLeft(directory.resolve("nowhere"), 10))
                .doesNotThrowAnyException();
    }

    private List<Path> list() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
