package io.ftpalg.server.inspect.spill;

import io.ftpalg.policy.inspect.SpillFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The space of a listener for files that are held until their verdict, with two threads, which write and read them. Thread-safe. A file
 * has one task at a time, so that there are at most as many tasks as transfers.
 */
public final class SpillSpace implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MOST_LEFT = 10_000;

    private final SpillSettings settings;
    private final AtomicLong used = new AtomicLong();
    private final ExecutorService threads;

    /**
     * Makes one; removes the files that a crash left in its directory.
     *
     * @throws IOException if the directory is none, or cannot be written to
     */
    public SpillSpace(SpillSettings settings) throws IOException {
        Path directory = settings.directory();
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory + " of inspection.spill");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(directory + " of inspection.spill: cannot be written to");
        }
        SpillFiles.removeLeft(directory, MOST_LEFT);
        this.settings = settings;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "ftp-alg-spill-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns the file of a transfer, which is made when something is written. */
    public SpillFile file() {
        return new EncryptedFile(this, settings);
    }

    /** Runs a task on one of the threads, or at once if they have ended. */
    void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Returns whether there is space for so many bytes more, which are to be given back. */
    boolean reserve(long bytes) {
        if (used.addAndGet(bytes) > settings.total()) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Returns how many bytes are in use. */
    public long used() {
        return used.get();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
