package io.ftpalg.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampsTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void changeWithTimeSizeAndExistence() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "one");
        FileStamps first = FileStamps.of(List.of(file));
        assertThat(FileStamps.of(List.of(file))).isEqualTo(first);

        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "three");
        Files.setLastModifiedTime(file, time);
        FileStamps longer = FileStamps.of(List.of(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
        FileStamps later = FileStamps.of(List.of(file));
        Files.delete(file);

        assertThat(List.of(first, longer, later, FileStamps.of(List.of(file)))).doesNotHaveDuplicates();
    }
}
