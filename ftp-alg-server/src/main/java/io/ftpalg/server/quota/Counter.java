package io.ftpalg.server.quota;

import io.ftpalg.server.settings.limits.QuotaRule.Period;
import java.util.Optional;

/**
 * What one {@link CounterName} has used in the period that runs, and how much of that the store has. A clock that is set back begins no
 * period again. Used by all event loops and the thread of the store; guarded by its own lock, which is held for a few additions.
 */
final class Counter {
    private final Period length;
    private Used used;
    /** What the store has of the same period. */
    private Used stored;

    private long lastUse;

    /** Makes one with nothing used. */
    Counter(Period length, Periods periods, long now) {
        this.length = length;
        this.used = periods.unused(length, now);
        this.stored = used;
        this.lastUse = now;
    }

    /** Returns what was used. */
    synchronized Used used(Periods periods, long now) {
        roll(periods, now);
        return used;
    }

    /**
     * Reserves bytes.
     *
     * @param limit how many may be used in a period
     * @return how many are reserved, 0 if none are left
     */
    synchronized int reserve(int wanted, long limit, Periods periods, long now) {
        roll(periods, now);
        int bytes = (int) Math.max(0, Math.min(wanted, limit - used.bytes()));
        used = used.with(used.bytes() + bytes, used.files());
        lastUse = now;
        return bytes;
    }

    /** Takes bytes back that were reserved in the period that began then. */
    synchronized void giveBack(int bytes, long start) {
        if (used.start() == start) {
            used = used.with(Math.max(0, used.bytes() - bytes), used.files());
        }
    }

    /** Counts a file, unless there are as many as allowed. */
    synchronized boolean addFile(long limit, Periods periods, long now) {
        roll(periods, now);
        if (used.files() >= limit) {
            return false;
        }
        used = used.with(used.bytes(), used.files() + 1);
        lastUse = now;
        return true;
    }

    /** Sets what was used. */
    synchronized void set(long bytes, long files, Periods periods, long now) {
        roll(periods, now);
        used = used.with(bytes, files);
        lastUse = now;
    }

    /** Returns how many bytes the store does not have yet. */
    synchronized long unsaved() {
        return used.bytes() - stored.bytes();
    }

    /** Returns what is to be written, if the store has anything else. */
    synchronized Optional<Used> toSave() {
        return used.equals(stored) ? Optional.empty() : Optional.of(used);
    }

    /** Returns how much this is more than what the store has, if it is. */
    synchronized Optional<Used> beyondStore(Used now) {
        if (now.start() != stored.start()) {
            return Optional.of(now);
        }
        long bytes = Math.max(0, now.bytes() - stored.bytes());
        long files = Math.max(0, now.files() - stored.files());
        return bytes + files == 0 ? Optional.empty() : Optional.of(now.with(bytes, files));
    }

    /** The store has this now. */
    synchronized void saved(Used written) {
        if (written.start() == used.start()) {
            stored = written;
        }
    }

    /** The store turned out to have this: what was counted since it was last written or read is added to that. */
    synchronized void found(Used inStore) {
        used = inStore.with(
                Math.max(0, inStore.bytes() + used.bytes() - stored.bytes()),
                Math.max(0, inStore.files() + used.files() - stored.files()));
        stored = inStore;
    }

    /** The store turned out to have nothing of it. */
    synchronized void notFound() {
        stored = used.with(0, 0);
    }

    /** Another process has used so much more. */
    synchronized void add(Used more, Periods periods, long now) {
        roll(periods, now);
        used = used.with(used.bytes() + more.bytes(), used.files() + more.files());
    }

    /** Returns whether nothing is counted, and was not since that time. */
    synchronized boolean isUnused(Periods periods, long now, long since) {
        roll(periods, now);
        return used.bytes() == 0 && used.files() == 0 && lastUse < since;
    }

    private void roll(Periods periods, long now) {
        if (now >= used.end()) {
            used = periods.unused(length, now);
            stored = used;
        }
    }
}
