package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {
    private static final CopiedFile FILE = Transfers.file("day.csv");

    @TempDir
    private Path temp = Path.of(".");

    private DirectoryStore store() throws IOException {
        return new DirectoryStore(new Directory(temp, 0));
    }

    private Path whole() {
        return temp.resolve(FILE.path());
    }

    private Path part() {
        return temp.resolve(FILE.path() + ".part");
    }

    @Test
    void aCopyHasItsNameWhenItIsWhole() throws IOException {
        CopyTarget copy = store().create(FILE);
        copy.write(new byte[] {1, 2});
        copy.write(new byte[] {3});
        boolean early = Files.exists(whole());
        copy.finish();
        copy.finish();

        assertThat(early).isFalse();
        assertThat(whole()).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(part()).doesNotExist();
    }

    @Test
    void onlyTheOwnerReadsCopiesAndManifest() throws IOException {
        DirectoryStore store = store();
        store.create(FILE).finish();
        store.record(FILE, "{}");

        for (Path file : new Path[] {whole(), store.manifest("2026-11-29")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("2026-11-29"))))
                .isEqualTo("rwx------");
    }

    @Test
    void discardsWhatIsWholeOrNot() throws IOException {
        CopyTarget first = store().create(FILE);
        first.discard();
        CopyTarget second = store().create(FILE);
        second.finish();
        second.discard();

        assertThat(part()).doesNotExist();
        assertThat(whole()).doesNotExist();
    }

    @Test
    void neverWritesToAFileThatIsThere() throws IOException {
        Files.createDirectories(part().getParent());
        Files.createSymbolicLink(part(), temp.resolve("elsewhere"));

        assertThatThrownBy(() -> store().create(FILE)).isInstanceOf(IOException.class);
        assertThat(temp.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aManifestHasALineForEach() throws IOException {
        store().record(FILE, "{1}");
        store().record(FILE, "{2}");

        assertThat(store().manifest(FILE.day())).hasContent("{1}\n{2}\n");
    }

    @Test
    void aTornLineOfAManifestGetsItsEnd() throws IOException {
        store().record(FILE, "{1}");
        Files.writeString(store().manifest(FILE.day()), "{to", StandardOpenOption.APPEND);
        store().record(FILE, "{2}");

        assertThat(store().manifest(FILE.day())).hasContent("{1}\n{to\n{2}\n");
    }

    @Test
    void keepsSpaceFree() throws IOException {
        long free = Files.getFileStore(temp).getUsableSpace();
        DirectoryStore store = new DirectoryStore(new Directory(temp, free / 2));

        store.checkFree(free / 4);
        assertThatThrownBy(() -> store.checkFree(free)).hasMessageContaining("less than min-free");
    }

    @Test
    void refusesADiskThatIsFullFromTheStart() throws IOException {
        Directory full = new Directory(temp, Files.getFileStore(temp).getTotalSpace());

        assertThatThrownBy(() -> new DirectoryStore(full))
                .hasMessageContaining("cannot write to tee.directory " + temp)
                .hasMessageContaining("min-free");
    }

    @Test
    void refusesADirectoryThatIsMissingOrNone() throws IOException {
        Directory missing = new Directory(temp.resolve("none"), 0);
        Directory file = new Directory(Files.createFile(temp.resolve("file")), 0);

        assertThatThrownBy(() -> new DirectoryStore(missing)).hasMessageContaining("none does not exist: make");
        assertThatThrownBy(() -> new DirectoryStore(file)).hasMessageContaining("file is no directory: make");
    }

    @Test
    void refusesAManifestThatCannotBeWritten() throws IOException {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        Files.createDirectories(temp.resolve(today).resolve(DirectoryStore.MANIFEST));

        assertThatThrownBy(this::store).hasMessageContaining(DirectoryStore.MANIFEST);
    }

    @Test
    void leavesNothingBehindWhenItIsMade() throws IOException {
        DirectoryStore store = store();
        store.close();

        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).isEmpty();
        }
        assertThat(store.place()).isEqualTo(temp.toString());
    }
}
