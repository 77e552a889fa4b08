package io.ftpalg.server.inspect.tee;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.server.inspect.scan.OnFailure;
import io.ftpalg.server.inspect.tee.TeeSettings.Directory;
import io.ftpalg.server.inspect.tee.TeeSettings.Place;
import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes copies of files, on threads of its own, and bounds what all of them have in memory. Used from all event loops. */
public final class Tee implements AutoCloseable {
    private final TeeSettings settings;
    private final NamePatterns names;
    private final CopyStore store;
    private final CopyFailures failures;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final AtomicLong memory = new AtomicLong();

    /**
     * Makes one.
     *
     * @throws IOException if copies cannot be written; the message names the place
     */
    public Tee(TeeSettings settings) throws IOException {
        this(settings, store(settings), InstantSource.system());
    }

    Tee(TeeSettings settings, CopyStore store, InstantSource clock) {
        this.settings = settings;
        this.names = new NamePatterns(settings.names());
        this.store = store;
        this.failures = new CopyFailures(store.place(), settings.onFailure() == OnFailure.PASS, System::nanoTime);
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(store.threads(), task -> {
            Thread writer = new Thread(task, "ftp-alg-tee");
            writer.setDaemon(true);
            return writer;
        });
    }

    private static CopyStore store(TeeSettings settings) throws IOException {
        Place place = settings.place();
        return place instanceof Directory directory
                ? new DirectoryStore(directory)
                : new S3Store((S3) place, settings.timeout());
    }

    /** Returns the copy of the file of a transfer that is about to begin, if it is to be copied. */
    public Optional<TeeCopy> copy(InspectedTransfer transfer) {
        if (!names.isEmpty() && !names.match(transfer.command().argument())) {
            return Optional.empty();
        }
        int random = ThreadLocalRandom.current().nextInt();
        TeeCopy copy = new TeeCopy(this, new CopiedFile(transfer, clock.instant(), random));
        if (memory.addAndGet(store.memoryOfCopy()) > settings.memory()) {
            ended();
            copy.refuse("too many files are copied at a time for the memory of tee");
        }
        return Optional.of(copy);
    }

    /** Returns where copies are made, as users know it. */
    public String place() {
        return store.place();
    }

    /** Returns how many copies have failed. */
    public long failed() {
        return failures.count();
    }

    /** A copy has ended, and all that it had in memory. */
    void ended() {
        memory.addAndGet(-store.memoryOfCopy());
    }

    /** Returns the bytes that copies may have in memory now. */
    long memory() {
        return memory.get();
    }

    TeeSettings settings() {
        return settings;
    }

    CopyStore store() {
        return store;
    }

    CopyFailures failures() {
        return failures;
    }

    Executor threads() {
        return threads;
    }

    /** What is queued is written still, and then the store is closed. */
    @Override
    public void close() {
        threads.shutdown();
        Thread closing = new Thread(this::closeStore, "ftp-alg-tee-close");
        closing.setDaemon(true);
        closing.start();
    }

    private void closeStore() {
        try {
            boolean unused = threads.awaitTermination(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
