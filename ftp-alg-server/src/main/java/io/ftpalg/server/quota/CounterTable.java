package io.ftpalg.server.quota;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** The counters of the program, at most {@link #LARGEST}. Thread-safe; never blocks. */
public final class CounterTable {
    /** How many counters there are at most. */
    public static final int LARGEST = 100_000;

    /** No transfer pauses for longer: one that runs keeps its counter. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Map<CounterName, Counter> counters = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int largest;
    private final Clock clock;
    private volatile Periods periods;

    CounterTable(Clock clock, int largest) {
        this.clock = clock;
        this.largest = largest;
        this.periods = new Periods(clock, ZoneOffset.UTC);
    }

    /** Lets periods begin by this zone from now on; those that run have their end. */
    void use(ZoneId zone) {
        periods = new Periods(clock, zone);
    }

    Periods periods() {
        return periods;
    }

    /** Returns how many counters there are. */
    public int size() {
        return size.get();
    }

    /** Returns how many bytes the store does not have yet. */
    public long unsaved() {
        return counters.values().stream()
                .mapToLong(counter -> Math.max(0, counter.unsaved()))
                .sum();
    }

    /** Returns what was used in the period that runs. */
    public Used used(CounterName name) {
        Periods now = periods;
        Counter counter = counters.get(name);
        return counter == null ? now.unused(name.period(), now.now()) : counter.used(now, now.now());
    }

    /** Returns what was used in the periods that run, in the order of their names. */
    public Map<CounterName, Used> all() {
        Map<String, CounterName> sorted = new TreeMap<>();
        counters.keySet().forEach(name -> sorted.put(name.text(), name));
        Map<CounterName, Used> all = new LinkedHashMap<>();
        sorted.values().forEach(name -> all.put(name, used(name)));
        return all;
    }

    /** Sets what was used in the period that runs; returns false if there are too many counters. */
    boolean set(CounterName name, long bytes, long files) {
        Optional<Counter> counter = counter(name);
        counter.ifPresent(found -> found.set(bytes, files, periods, periods.now()));
        return counter.isPresent();
    }

    /** Returns whether there is such a counter, or may be. */
    boolean hasRoom(CounterName name) {
        return size.get() < largest || counters.containsKey(name);
    }

    /** Returns a counter, unless there would be too many. */
    Optional<Counter> counter(CounterName name) {
        Counter known = counters.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (size.get() >= largest) {
            return Optional.empty();
        }
        return Optional.of(counters.computeIfAbsent(name, any -> {
            size.incrementAndGet();
            return new Counter(name.period(), periods, periods.now());
        }));
    }

    void forEach(BiConsumer<CounterName, Counter> action) {
        counters.forEach(action);
    }

    /** What the store has is added to what was counted without it. */
    void found(Map<CounterName, Used> inStore) {
        long now = periods.now();
        counters.forEach((name, counter) -> {
            Used used = inStore.get(name);
            if (used == null || used.end() <= now) {
                counter.notFound();
            }
        });
        inStore.forEach((name, used) -> {
            if (used.end() > now) {
                counter(name).ifPresent(counter -> counter.found(used));
            }
        });
    }

    /** Another process has used so much more; what has ended meanwhile is left out. */
    void add(Map<CounterName, Used> more) {
        Periods now = periods;
        more.forEach((name, used) -> {
            if (used.end() > now.now()) {
                counter(name).ifPresent(counter -> counter.add(used, now, now.now()));
            }
        });
    }

    /** Removes the counters that nobody uses. */
    void removeUnused() {
        Periods now = periods;
        long since = now.now() - KEPT.toMillis();
        counters.values().removeIf(counter -> {
            boolean unused = counter.isUnused(now, now.now(), since);
            if (unused) {
                size.decrementAndGet();
            }
            return unused;
        });
    }
}
