package io.ftpalg.server.quota;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the counts, which one process has at a time. A write is complete or has not happened, whenever the process or the machine
 * ends. Used by one thread, which it blocks.
 */
public final class QuotaStore implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(QuotaStore.class);
    private static final String MAP = "quotas";
    private static final int COMPACT_MILLIS = 50;

    private final Path file;
    private final MVStore store;
    private final MVMap<String, String> map;

    private QuotaStore(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        this.map = store.openMap(MAP);
    }

    /** Opens the file, or makes it, which its owner alone can read. */
    public static QuotaStore open(Path file) throws StoreException {
        try {
            create(file);
            MVStore store = new MVStore.Builder()
                    .fileName(file.toAbsolutePath().toString())
                    .autoCommitDisabled()
                    .cacheSize(1)
                    .open();
            try {
                // What was replaced is not read again: its place in the file is used again at once, which each write is
                // synced for.
                store.setVersionsToKeep(0);
                store.setRetentionTime(0);
                return new QuotaStore(file, store);
            } catch (RuntimeException e) {
                store.closeImmediately();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw failure(file, "opened", e);
        }
    }

    private static void create(Path file) throws IOException {
        FileAttribute<?>[] attributes =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
        } catch (FileAlreadyExistsException e) {
            logger.trace("quota store exists file={}", file, e);
        }
    }

    /** Returns the period of a counter that runs now, with nothing used. */
    public static Used unused(CounterName name, Clock clock, ZoneId zone) {
        Periods periods = new Periods(clock, zone);
        return periods.unused(name.period(), periods.now());
    }

    /** Returns all that it has; what it cannot read is left out, and logged. */
    public Map<CounterName, Used> load() throws StoreException {
        Map<CounterName, Used> all = new LinkedHashMap<>();
        try {
            map.forEach((key, value) -> {
                var name = CounterName.parse(key);
                var used = Used.parse(value);
                if (name.isPresent() && used.isPresent()) {
                    all.put(name.get(), used.get());
                } else {
                    logger.warn("quota ignored: not understood in {}", file);
                }
            });
        } catch (RuntimeException e) {
            throw failure(file, "read", e);
        }
        return all;
    }

    /** Writes these, all or none, and waits until they are on the disk. */
    public void save(Map<CounterName, Used> changed) throws StoreException {
        try {
            changed.forEach((name, used) -> map.put(name.text(), used.text()));
            write();
        } catch (RuntimeException e) {
            throw failure(file, "written", e);
        }
    }

    /** Removes what ended before this time, and what takes place in the file without need. */
    public void removeEnded(long now) throws StoreException {
        try {
            map.keyIterator(null).forEachRemaining(key -> {
                String value = map.get(key);
                if (value == null
                        || Used.parse(value).map(used -> used.end() <= now).orElse(true)) {
                    map.remove(key);
                }
            });
            write();
            store.compactFile(COMPACT_MILLIS);
        } catch (RuntimeException e) {
            throw failure(file, "written", e);
        }
    }

    private void write() {
        store.commit();
        store.sync();
    }

    /** Closes the file; another process may open it then. Does not fail. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (RuntimeException e) {
            logger.debug("quota store not closed properly file={}", file, e);
            closeAtOnce();
        }
    }

    private void closeAtOnce() {
        try {
            store.closeImmediately();
        } catch (RuntimeException e) {
            logger.debug("quota store closed file={}", file, e);
        }
    }

    private static StoreException failure(Path file, String what, Exception e) {
        int code = e instanceof MVStoreException known ? known.getErrorCode() : 0;
        boolean locked = code == DataUtils.ERROR_FILE_LOCKED;
        String remedy = locked
                ? "another process has it open (a running gateway, or another one with the same file: stop it, or give each"
                        + " a store of its own)"
                : code == DataUtils.ERROR_FILE_CORRUPT
                        ? "it is damaged (move it away: counting begins again with what is in memory)"
                        : reason(e) + " (make room, or see to it that the directory is there and may be written to)";
        return new StoreException("quota store " + file + " cannot be " + what + ": " + remedy, locked, e);
    }

    /** The first line: the messages of the library carry a version, and those of the system their file. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
        return cause.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("");
    }
}
