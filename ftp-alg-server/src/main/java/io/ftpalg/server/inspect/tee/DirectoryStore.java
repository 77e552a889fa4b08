package io.ftpalg.server.inspect.tee;

import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * Copies in a directory, with a directory a day (UTC) and a manifest in each. Several stores, of several processes too, may use the same
 * directory: a line of the manifest is one append. Thread-safe.
 */
final class DirectoryStore implements CopyStore {
    static final String MANIFEST = "manifest.jsonl";

    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int THREADS = 2;
    private static final long MEMORY = 1L << 20;

    private final Path directory;
    private final long minFree;
    private final FileStore disk;

    /**
     * Makes one, and writes a file that is removed at once.
     *
     * @throws IOException if copies could not be written now; the message names the directory, why, and the remedy
     */
    DirectoryStore(Directory settings) throws IOException {
        this.directory = settings.path().toAbsolutePath();
        this.minFree = settings.minFree();
        if (!Files.isDirectory(directory)) {
            throw new IOException("tee.directory " + directory
                    + (Files.exists(directory) ? " is no directory" : " does not exist")
                    + ": make the directory, for the user that runs ftp-alg");
        }
        this.disk = Files.getFileStore(directory);
        try {
            probe();
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to tee.directory " + directory + ": " + IoReasons.of(e)
                            + " (give the user that runs ftp-alg write permission, or free space)",
                    e);
        }
    }

    private void probe() throws IOException {
        checkFree(1);
        Path probe = Files.createTempFile(directory, ".probe", CopiedFile.PART, FILE);
        try {
            Files.write(probe, new byte[1]);
        } finally {
            Files.delete(probe);
        }
        Path today = manifest(LocalDate.now(ZoneOffset.UTC).toString());
        if (Files.exists(today)) {
            FileChannel.open(today, StandardOpenOption.APPEND).close();
        }
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public int threads() {
        return THREADS;
    }

    @Override
    public long memoryOfCopy() {
        return MEMORY;
    }

    /** Returns where that day's manifest is. */
    Path manifest(String day) {
        return directory.resolve(day).resolve(MANIFEST);
    }

    @Override
    public CopyTarget create(CopiedFile file) throws IOException {
        checkFree(0);
        Path whole = folder(file.day()).resolve(file.name());
        Path part = whole.resolveSibling(file.name() + CopiedFile.PART);
        FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE);
        return new DirectoryCopy(this, channel, part, whole);
    }

    /** Fails where this many bytes more would leave less than what stays free. */
    void checkFree(long more) throws IOException {
        if (minFree > 0 && disk.getUsableSpace() - more < minFree) {
            throw new IOException("less than min-free, " + minFree + " bytes, would be free on its file system");
        }
    }

    private Path folder(String day) throws IOException {
        Path folder = directory.resolve(day);
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectory(folder, FOLDER);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
        return folder;
    }

    /** A line that could not be written whole gets its end before the next one. */
    @Override
    public synchronized void record(CopiedFile file, String line) throws IOException {
        Path manifest = folder(file.day()).resolve(MANIFEST);
        boolean torn = isTorn(manifest);
        ByteBuffer bytes = ByteBuffer.wrap(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(manifest, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), FILE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static boolean isTorn(Path manifest) throws IOException {
        try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // Each file is closed by itself.
    }
}
