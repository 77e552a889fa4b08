package io.ftpalg.server.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counters, and the files in which they are kept. Used by one thread at a time, which it blocks. */
final class SavedCounters {
    private static final Logger logger = LoggerFactory.getLogger(SavedCounters.class);

    private final Path file;
    private final CounterTable counters;
    private final PendingCounts pending;
    /** The files that are counted, or cannot be. */
    private final Set<Path> seen = new HashSet<>();

    private @Nullable QuotaStore store;

    SavedCounters(Path file, CounterTable counters) {
        this.file = file;
        this.counters = counters;
        this.pending = new PendingCounts(file);
    }

    Path file() {
        return file;
    }

    /** Opens the store, and adds what it has to what was counted without it. */
    void open() throws StoreException {
        QuotaStore opened = QuotaStore.open(file);
        try {
            counters.found(opened.load());
            opened.removeEnded(counters.periods().now());
        } catch (StoreException e) {
            opened.close();
            throw e;
        }
        store = opened;
    }

    /** Writes what has changed to the store, with what replaced processes have counted. */
    void save() throws StoreException {
        QuotaStore open = store;
        if (open == null) {
            return;
        }
        addPending();
        Map<CounterName, Used> changed = changed();
        if (!changed.isEmpty()) {
            open.save(changed);
            changed.forEach(this::saved);
        }
        removePending();
    }

    /** Writes what has changed to a file beside the store. */
    void saveBeside() throws IOException {
        Map<CounterName, Used> changed = changed();
        Map<CounterName, Used> more = new LinkedHashMap<>();
        counters.forEach((name, counter) -> {
            Used used = changed.get(name);
            if (used != null) {
                counter.beyondStore(used).ifPresent(one -> more.put(name, one));
            }
        });
        if (!more.isEmpty()) {
            pending.write(more);
        }
        changed.forEach(this::saved);
    }

    void removeUnused() throws StoreException {
        counters.removeUnused();
        QuotaStore open = store;
        if (open != null) {
            open.removeEnded(counters.periods().now());
        }
    }

    void close() {
        QuotaStore open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }

    private Map<CounterName, Used> changed() {
        Map<CounterName, Used> changed = new LinkedHashMap<>();
        counters.forEach((name, counter) -> counter.toSave().ifPresent(used -> changed.put(name, used)));
        return changed;
    }

    private void saved(CounterName name, Used used) {
        counters.counter(name).ifPresent(counter -> counter.saved(used));
    }

    /** A file that cannot be read, or removed, is not tried again by this process. */
    private void addPending() {
        try {
            List<Path> files = pending.files();
            seen.retainAll(files);
            for (Path one : files) {
                if (seen.add(one)) {
                    counters.add(PendingCounts.read(one));
                }
            }
        } catch (IOException e) {
            logger.warn("quotas of a replaced process not added: {}", e.toString());
        }
    }

    private void removePending() {
        for (Path one : seen) {
            try {
                Files.deleteIfExists(one);
            } catch (IOException e) {
                logger.warn("quotas of a replaced process not removed: {}", e.toString());
            }
        }
    }
}
