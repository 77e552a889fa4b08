package io.ftpalg.server.users;

import io.ftpalg.server.files.FileStamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of files, read again when they change; files with errors change nothing but the log. Shared by the threads that
 * check passwords, since it may block; guarded by its own lock.
 *
 * @param <T> what is read
 */
final class ReloadedFiles<T> {
    private static final Logger logger = LoggerFactory.getLogger(ReloadedFiles.class);
    private static final long PERIOD = Duration.ofSeconds(1).toNanos();

    private final List<Path> files;
    private final Reading<T> reading;
    private final LongSupplier clock;
    private T current;
    private FileStamps seen;
    private long lookedAt;
    /** The error in the files that was logged; empty while they have none. */
    private String said = "";

    /** Reads the files. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws UsersException;
    }

    /**
     * Reads the files for the first time.
     *
     * @param clock nanoseconds since whenever, such as {@link System#nanoTime}
     */
    ReloadedFiles(List<Path> files, Reading<T> reading, LongSupplier clock) throws UsersException {
        this.files = List.copyOf(files);
        this.reading = reading;
        this.clock = clock;
        this.lookedAt = clock.getAsLong();
        this.seen = FileStamps.of(files);
        this.current = reading.read();
    }

    /** Returns the content of the files when they last had no error, checked at most a second ago; blocks. */
    synchronized T current() {
        long now = clock.getAsLong();
        if (now - lookedAt >= PERIOD) {
            lookedAt = now;
            look();
        }
        return current;
    }

    private void look() {
        // Taken before the reading: what changes meanwhile is read again.
        FileStamps stamps = FileStamps.of(files);
        if (stamps.equals(seen)) {
            return;
        }
        seen = stamps;
        try {
            current = reading.read();
            said = "";
            logger.info("users reloaded files={}", files);
        } catch (UsersException e) {
            String wrong = String.valueOf(e.getMessage());
            if (!wrong.equals(said)) {
                said = wrong;
                logger.error("users kept detail=\"{}\"", wrong);
            }
        }
    }
}
