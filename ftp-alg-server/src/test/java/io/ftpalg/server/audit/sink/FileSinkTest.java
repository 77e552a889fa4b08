package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.server.audit.record.TestRecords;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Rotation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path temp = Path.of(".");

    private Path path() {
        return temp.resolve("audit.json");
    }

    private static FileSink sink(FileSettings settings) {
        return new FileSink(settings, TestRecords.ORIGIN, NOON);
    }

    private void write(FileSettings settings, String... names) throws IOException {
        try (FileSink sink = sink(settings)) {
            for (String name : names) {
                sink.write(TestRecords.transfer(1, name));
            }
            sink.flush();
            sink.tick();
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(path());
    }

    @Test
    void aNewFileBeginsWithARecordThatHasTheStartOfTheChain() throws IOException {
        write(TestSinks.file(path(), false), "a");

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .contains("\"event\":\"file_opened\"", "\"previous\":\"" + "0".repeat(64) + "\"")
                .doesNotContain("torn");
    }

    @Test
    void onlyItsOwnerWritesAndItsGroupReads() throws IOException {
        write(TestSinks.file(path(), false), "a");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aRestartContinuesTheFile() throws IOException {
        write(TestSinks.file(path(), false), "a");
        write(TestSinks.file(path(), false), "b");

        assertThat(lines()).hasSize(3);
        assertThat(Chains.errors(path())).isEmpty();
    }

    @Test
    void aTornLineIsKeptAndNamed() throws IOException {
        write(TestSinks.file(path(), false), "a");
        Files.writeString(path(), "{\"schema\":1,\"se", StandardOpenOption.APPEND);

        write(TestSinks.file(path(), false), "b");

        assertThat(lines()).hasSize(5);
        assertThat(lines().get(2)).isEqualTo("{\"schema\":1,\"se");
        assertThat(lines().get(3)).contains("\"event\":\"file_opened\"", "\"torn_bytes\":15,");
        assertThat(Chains.errors(path())).isEmpty();
    }

    @Test
    void aWriterThatWasKilledTwiceIsNamedOnce() throws IOException {
        write(TestSinks.file(path(), false), "a");
        Files.writeString(path(), "{\"schema\":1,\"se\n{\"schema\":1,\"ti", StandardOpenOption.APPEND);

        write(TestSinks.file(path(), false), "b");

        assertThat(Chains.errors(path())).isEmpty();
    }

    @Test
    void hashesWithAKey() throws IOException {
        write(TestSinks.keyed(path(), "key"), "a");

        assertThat(Chains.errors("key", path())).isEmpty();
        assertThat(Chains.errors(path())).isNotEmpty();
    }

    @Test
    void isRotatedBeforeTheLineThatWouldExceedTheSize() throws IOException {
        Rotation rotation = new Rotation(1000, Optional.empty(), false, 0, Optional.empty());

        write(TestSinks.rotating(path(), rotation), "a", "b", "c".repeat(600));

        Path rotated = temp.resolve("audit-20261129T120000.000Z.json");
        assertThat(Files.size(rotated)).isBetween(500L, 1000L);
        assertThat(lines()).hasSize(2);
        assertThat(Chains.errors(rotated, path())).isEmpty();
    }

    @Test
    void aFileWithoutRecordsIsNotRotated() throws IOException {
        Rotation rotation = new Rotation(100, Optional.empty(), false, 0, Optional.empty());

        write(TestSinks.rotating(path(), rotation), "a");

        assertThat(lines()).hasSize(2);
    }

    @Test
    void isRotatedWhenItIsOld() throws IOException {
        Rotation daily = new Rotation(0, Optional.of(Duration.ofHours(24)), false, 0, Optional.empty());
        FileSettings settings = TestSinks.rotating(path(), daily);
        write(settings, "a");
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC);

        try (FileSink sink = new FileSink(settings, TestRecords.ORIGIN, later)) {
            sink.write(TestRecords.transfer(2, "b"));
        }

        assertThat(new FileArchive(path(), daily).files()).hasSize(1);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void continuesTheChainWhereTheFileWasMovedAway() throws IOException {
        Path moved = temp.resolve("moved.json");
        try (FileSink sink = sink(TestSinks.file(path(), false))) {
            sink.write(TestRecords.transfer(1, "a"));
            Files.move(path(), moved);
            sink.reopen();
            sink.write(TestRecords.transfer(2, "b"));
        }

        assertThat(Chains.errors(moved, path())).isEmpty();
    }

    @Test
    void failsWhereTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        try (FileSink sink = sink(TestSinks.file(full, false))) {
            assertThatThrownBy(() -> sink.write(TestRecords.transfer(1, "a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
        }
    }

    @Test
    void anXferlogHasTransfersOnlyAndContinues() throws IOException {
        write(TestSinks.xferlog(path()), "a");
        write(TestSinks.xferlog(path()), "b");

        assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("Sun Nov 29 05:15:00 2026 "));
    }

    @Test
    void refusesAFileThatAnotherSinkWrites() throws IOException {
        try (FileSink first = sink(TestSinks.file(path(), false));
                FileSink second = sink(TestSinks.file(path(), false))) {
            first.write(TestRecords.transfer(1, "a"));

            assertThatThrownBy(() -> second.write(TestRecords.transfer(1, "b")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another sink");
        }
    }

    @Test
    void leavesItsFileToAnotherProcessAndContinuesBesideIt() throws IOException {
        try (FileSink old = sink(TestSinks.file(path(), false))) {
            old.write(TestRecords.transfer(1, "a"));
            old.makeWay();
            old.makeWay();
            write(TestSinks.file(path(), false), "other");
            old.write(TestRecords.transfer(2, "b"));
        }

        Path beside = temp.resolve("audit-20261129T120000.000Z.json");
        assertThat(Files.readAllLines(beside)).hasSize(3);
        assertThat(lines()).hasSize(2);
        assertThat(Chains.errors(beside)).isEmpty();
    }

    @Test
    void leavesAFileThatItHasNotOpenedYet() throws IOException {
        try (FileSink old = sink(TestSinks.file(path(), false))) {
            old.makeWay();
            old.write(TestRecords.transfer(1, "a"));
        }

        assertThat(path()).doesNotExist();
        assertThat(Files.readAllLines(temp.resolve("audit-20261129T120000.000Z.json")))
                .hasSize(2);
    }

    /** No reader of another process either: it is the lock of the file itself. */
    @Test
    void locksItsFile() throws IOException {
        try (FileSink sink = sink(TestSinks.file(path(), false))) {
            sink.write(TestRecords.transfer(1, "a"));
            try (FileChannel other = FileChannel.open(path(), StandardOpenOption.WRITE)) {
                assertThatThrownBy(other::tryLock).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
