package io.ftpalg.server.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits log lines that peers can cause: of lines with one key the first is written at once, then one a minute at most, with
 * the number of those that were left out before it. The last one that was left out is written when its minute is over, once
 * any other line comes, or when its subject is closed, so that no count is lost.
 *
 * <p>Beyond {@link #MAX_KEYS} keys, new subjects share one for each event and cause. One serves all sessions of a gateway;
 * thread-safe. Lines are written outside its lock.
 */
public final class LogLimiter implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMinutes(1);
    static final int MAX_KEYS = 10_000;
    private static final String OTHERS = "others";

    private final LongSupplier nanoTime;
    /** In the order of their last lines. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    private final Map<Object, Set<Key>> bySubject = new HashMap<>();

    /**
     * What lines have in common that are limited together.
     *
     * @param event the name of the event
     * @param cause why, and of which side
     * @param subject the session, or the peer
     */
    public record Key(String event, Object cause, Object subject) {}

    /** When the last line was written, and what was left out since. */
    private static final class Entry {
        private final long written;
        private int leftOut;
        private @Nullable Consumer<String> last;

        Entry(long written) {
            this.written = written;
        }
    }

    /** Makes one without lines; it reads the time from this clock. */
    public LogLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Writes the line now, later or not at all.
     *
     * @param line writes it, with this text behind it: {@code " repeated=N"} or nothing
     */
    public void log(Key key, Consumer<String> line) {
        List<Runnable> due = new ArrayList<>(1);
        synchronized (this) {
            long now = nanoTime.getAsLong();
            take(key, line, now, due);
            sweep(now, due);
        }
        due.forEach(Runnable::run);
    }

    private void take(Key asked, Consumer<String> line, long now, List<Runnable> due) {
        Key key = entries.size() < MAX_KEYS || entries.containsKey(asked)
                ? asked
                : new Key(asked.event(), asked.cause(), OTHERS);
        Entry entry = entries.get(key);
        if (entry != null && !isOver(entry, now)) {
            entry.leftOut++;
            entry.last = line;
            return;
        }
        if (entry != null) {
            remove(key);
        }
        entries.put(key, new Entry(now));
        bySubject.computeIfAbsent(key.subject(), subject -> new HashSet<>(2)).add(key);
        String suffix = suffix(entry == null ? 0 : entry.leftOut);
        due.add(() -> line.accept(suffix));
    }

    /** The session is closed: what was left out of its lines is written. */
    void close(Object subject) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            Set<Key> keys = bySubject.remove(subject);
            if (keys != null) {
                keys.forEach(key -> flush(entries.remove(key), due));
            }
            sweep(nanoTime.getAsLong(), due);
        }
        due.forEach(Runnable::run);
    }

    /** Writes all that was left out. */
    @Override
    public void close() {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            entries.values().forEach(entry -> flush(entry, due));
            entries.clear();
            bySubject.clear();
        }
        due.forEach(Runnable::run);
    }

    private void sweep(long now, List<Runnable> due) {
        while (!entries.isEmpty()) {
            Map.Entry<Key, Entry> eldest = entries.entrySet().iterator().next();
            if (!isOver(eldest.getValue(), now)) {
                return;
            }
            remove(eldest.getKey());
            flush(eldest.getValue(), due);
        }
    }

    private void remove(Key key) {
        entries.remove(key);
        Set<Key> siblings = bySubject.get(key.subject());
        if (siblings != null && siblings.remove(key) && siblings.isEmpty()) {
            bySubject.remove(key.subject());
        }
    }

    /** The last line that was left out stands for all of them. */
    private static void flush(@Nullable Entry entry, List<Runnable> due) {
        if (entry != null && entry.last != null) {
            Consumer<String> line = entry.last;
            String suffix = suffix(entry.leftOut - 1);
            due.add(() -> line.accept(suffix));
        }
    }

    private static boolean isOver(Entry entry, long now) {
        return now - entry.written >= INTERVAL.toNanos();
    }

    private static String suffix(int leftOut) {
        return leftOut == 0 ? "" : " repeated=" + leftOut;
    }

    /** Returns how many keys are held. */
    synchronized int size() {
        return entries.size();
    }
}
