package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.sink.SinkSettings.Rotation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArchiveTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.123Z");

    @TempDir
    private Path temp = Path.of(".");

    private FileArchive archive(boolean compress, int keepFiles, Optional<Duration> keepTime) {
        return new FileArchive(
                temp.resolve("audit.json"), new Rotation(0, Optional.empty(), compress, keepFiles, keepTime));
    }

    private Path rotate(FileArchive archive, Instant at) throws IOException {
        Files.writeString(temp.resolve("audit.json"), "line " + at);
        Path rotated = archive.rotate(at);
        Files.setLastModifiedTime(rotated, FileTime.from(at));
        return rotated;
    }

    @Test
    void aRotatedFileHasTheTimeInItsName() throws IOException {
        try (FileArchive archive = archive(false, 0, Optional.empty())) {
            assertThat(rotate(archive, NOON)).hasFileName("audit-20261129T120000.123Z.json");
        }
    }

    @Test
    void twoOfTheSameTimeHaveDifferentNames() throws IOException {
        try (FileArchive archive = archive(false, 0, Optional.empty())) {
            rotate(archive, NOON);

            assertThat(rotate(archive, NOON)).hasFileName("audit-20261129T120000.124Z.json");
        }
    }

    @Test
    void compressesRotatedFiles() throws IOException {
        try (FileArchive archive = archive(true, 0, Optional.empty())) {
            rotate(archive, NOON);

            archive.tidy(NOON);

            Path compressed = temp.resolve("audit-20261129T120000.123Z.json.gz");
            assertThat(archive.files()).containsExactly(compressed);
            try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("line " + NOON);
            }
        }
    }

    @Test
    void leavesAFileThatAProcessStillWrites() throws IOException {
        try (FileArchive archive = archive(true, 0, Optional.empty())) {
            Path rotated = rotate(archive, NOON);
            try (FileChannel channel = FileChannel.open(rotated, StandardOpenOption.WRITE)) {
                var unused = channel.lock();

                archive.tidy(NOON);
            }

            assertThat(archive.files()).containsExactly(rotated);
        }
    }

    @Test
    void keepsTheNewestFiles() throws IOException {
        try (FileArchive archive = archive(false, 2, Optional.empty())) {
            rotate(archive, NOON);
            Path second = rotate(archive, NOON.plusSeconds(1));
            Path third = rotate(archive, NOON.plusSeconds(2));

            archive.tidy(NOON);

            assertThat(archive.files()).containsExactly(second, third);
        }
    }

    @Test
    void keepsFilesAsLongAsTheirTimeIs() throws IOException {
        try (FileArchive archive = archive(false, 0, Optional.of(Duration.ofHours(1)))) {
            rotate(archive, NOON);
            Path second = rotate(archive, NOON.plusSeconds(1));

            archive.tidy(NOON.plusSeconds(3601));

            assertThat(archive.files()).containsExactly(second);
        }
    }

    @Test
    void touchesNoOtherFile() throws IOException {
        Path other = Files.writeString(temp.resolve("audit-notes.json"), "x");
        try (FileArchive archive = archive(true, 0, Optional.of(Duration.ofSeconds(1)))) {
            archive.tidy(Instant.now().plusSeconds(100));
        }

        assertThat(other).exists();
    }
}
