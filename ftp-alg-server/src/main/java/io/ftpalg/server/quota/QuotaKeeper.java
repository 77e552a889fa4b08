package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaSettings;
import io.ftpalg.server.settings.limits.QuotaSettings.WithoutStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters of the program, and the thread that writes them to the store: each second, and sooner where much is to be written. What the
 * store does not have yet is at most {@link #UNSAVED} bytes a counter, since transfers are slowed down then. While there is no store, it
 * is tried again, and what was counted meanwhile is added to what it has. Made by the main thread; any thread.
 */
public final class QuotaKeeper implements AutoCloseable {
    /** How many bytes of a counter are lost at most if the process is killed, or the machine stops. */
    public static final long UNSAVED = 32L << 20;

    private static final Logger logger = LoggerFactory.getLogger(QuotaKeeper.class);
    /** Where much is used the thread writes before its second is over. */
    private static final long SOON = UNSAVED / 8;

    private static final Duration EACH = Duration.ofSeconds(1);
    private static final Duration WHILE_LOCKED = Duration.ofMillis(100);
    /** So long it may take until the process that this one replaces has closed the store. */
    private static final Duration LOCKED_AT_START = Duration.ofSeconds(30);

    private static final int CLEANUP_TICKS = 600;

    private final CounterTable counters;
    private final Thread thread = new Thread(this::run, "quota-store");
    private volatile WithoutStore withoutStore = WithoutStore.ALLOW;
    private volatile State state = State.OFF;
    /** This and what follows: under the lock. */
    private @Nullable SavedCounters saved;

    private long lockedSince;
    private int ticks;
    private String lastProblem = "";

    /** How fast a transfer may be. */
    enum Pace {
        GO,
        SLOW,
        STOP
    }

    /** Where the counts are kept. */
    public enum State {
        /** There are no quotas. */
        OFF,
        /** In the store. */
        OPEN,
        /** In memory, until the process that this one replaces has closed the store. */
        WAITING,
        /** In memory: the store cannot be used. */
        FAILED,
        /** In files beside the store, which another process has, since it has replaced this one. */
        RELEASED,
        /** No more. */
        CLOSED
    }

    /** Makes one without counters. */
    public QuotaKeeper() {
        this(Clock.systemUTC(), CounterTable.LARGEST);
    }

    QuotaKeeper(Clock clock, int largest) {
        this.counters = new CounterTable(clock, largest);
        thread.setDaemon(true);
    }

    /** Uses these settings from now on; the first ones open the store, which is not changed later. Blocks. */
    public synchronized void use(QuotaSettings settings) {
        counters.use(settings.zone());
        withoutStore = settings.withoutStore();
        if (state == State.OFF) {
            saved = new SavedCounters(settings.store(), counters);
            lockedSince = System.nanoTime();
            open(saved);
            thread.start();
        }
    }

    /** Returns the counters. */
    public CounterTable counters() {
        return counters;
    }

    /** Returns where the counts are kept. */
    public State state() {
        return state;
    }

    /** Sets what was used in the period that runs; returns false if there are too many counters. */
    public boolean set(CounterName name, long bytes, long files) {
        boolean set = counters.set(name, bytes, files);
        soon();
        return set;
    }

    /** Returns whether transfers that this counter is for are refused, since they cannot be counted. */
    boolean refuses(CounterName name) {
        return withoutStore == WithoutStore.DENY && (state == State.FAILED || !counters.hasRoom(name));
    }

    /** Returns the counter of a transfer, if there is one. */
    Optional<Counter> counter(CounterName name) {
        return counters.counter(name);
    }

    /** Returns how fast transfers of a counter may be, and has it written if there is much to write. */
    Pace pace(Counter counter) {
        long unsaved = counter.unsaved();
        if (unsaved < SOON) {
            return Pace.GO;
        }
        soon();
        if (unsaved < UNSAVED - QuotaShare.SLICE) {
            return Pace.GO;
        }
        return switch (state) {
            case OPEN -> Pace.SLOW;
            case FAILED -> withoutStore == WithoutStore.DENY ? Pace.STOP : Pace.GO;
            default -> Pace.GO;
        };
    }

    private void soon() {
        LockSupport.unpark(thread);
    }

    /** Whatever happens in one turn, there is a next one. */
    private void run() {
        while (state != State.CLOSED) {
            LockSupport.parkNanos(this, (state == State.WAITING ? WHILE_LOCKED : EACH).toNanos());
            try {
                tick();
            } catch (Throwable e) {
                logger.error("quotas not saved: internal error", e);
            }
        }
    }

    /** Writes what is to be written, or tries to open the store. */
    synchronized void tick() {
        SavedCounters where = saved;
        if (where == null || state == State.CLOSED) {
            return;
        }
        if (state == State.FAILED || state == State.WAITING) {
            open(where);
        }
        ticks++;
        try {
            if (state == State.OPEN) {
                where.save();
                if (ticks % CLEANUP_TICKS == 0) {
                    where.removeUnused();
                }
            } else if (state == State.RELEASED) {
                where.saveBeside();
            }
        } catch (StoreException e) {
            where.close();
            failed(e);
        } catch (IOException e) {
            logger.error("quotas of a replaced process not saved: {}", e.toString());
        }
    }

    private void open(SavedCounters where) {
        try {
            where.open();
            // A disk that is full is found so before the store is in use.
            where.save();
            state = State.OPEN;
            lastProblem = "";
            logger.info("quota store opened file={} counters={}", where.file(), counters.size());
        } catch (StoreException e) {
            where.close();
            if (e.isLocked() && System.nanoTime() - lockedSince < LOCKED_AT_START.toNanos()) {
                if (state != State.WAITING) {
                    logger.info("quota store awaited file={} reason=locked", where.file());
                }
                state = State.WAITING;
            } else {
                failed(e);
            }
        }
    }

    /** Logged once for each problem, not once a second. */
    private void failed(StoreException e) {
        state = State.FAILED;
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            logger.error("quota store failed transfers={}: {}", CounterName.word(withoutStore), problem);
        }
    }

    /** Lets another process have the store; what is counted from now on is for that one to add. Blocks. */
    public synchronized void release() {
        SavedCounters where = saved;
        if (where == null || state == State.CLOSED) {
            return;
        }
        tick();
        where.close();
        state = State.RELEASED;
        logger.info("quota store released file={}", where.file());
    }

    /** Writes what is to be written, and closes the store. Blocks. */
    @Override
    public synchronized void close() {
        SavedCounters where = saved;
        if (where != null && state != State.CLOSED) {
            tick();
            where.close();
        }
        state = State.CLOSED;
        soon();
    }

    /** Returns the file of the store, if there are quotas. */
    public synchronized Optional<Path> file() {
        return Optional.ofNullable(saved).map(SavedCounters::file);
    }
}
