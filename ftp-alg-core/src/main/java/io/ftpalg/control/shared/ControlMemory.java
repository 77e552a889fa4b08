package io.ftpalg.control.shared;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The account of what all control connections hold together: unfinished lines, waiting commands, replies in progress, and what
 * waits to be sent. Above three quarters of the limit clients that hold more than others are not read; above the limit the
 * largest holders are closed, until that much is free again. Sessions that hold little are never touched.
 *
 * <p>Shared by all event loops of all gateways that were started together; its sum is atomic and its set concurrent. An
 * account is set on its session's loop.
 */
public final class ControlMemory {
    /** Changes below this many bytes are not counted, so that the usual session costs nothing. */
    static final int STEP = 1 << 10;

    /** What is asked to close needs a moment to do so. */
    private static final long BETWEEN_RELIEFS = TimeUnit.MILLISECONDS.toNanos(5);

    private final AtomicLong held = new AtomicLong();
    private final Set<Account> holders = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextRelief = new AtomicLong(System.nanoTime());

    /**
     * Opens the account of one session.
     *
     * @param close ends the session; called from any thread, at most once
     */
    public Account open(Runnable close) {
        return new Account(close);
    }

    /** Returns how many bytes are counted. */
    public long held() {
        return held.get();
    }

    /** Asks the largest holders to close, until a quarter of the limit is free. */
    private void relieve(long limit) {
        long now = System.nanoTime();
        long due = nextRelief.get();
        if (now - due < 0 || !nextRelief.compareAndSet(due, now + BETWEEN_RELIEFS)) {
            return;
        }
        record Holder(Account account, int bytes) {}
        List<Holder> largest = holders.stream()
                .map(account -> new Holder(account, account.bytes))
                .sorted(Comparator.comparingInt(Holder::bytes).reversed())
                .toList();
        long excess = held.get() - threeQuarters(limit);
        for (Holder holder : largest) {
            if (excess <= 0) {
                return;
            }
            holder.account.closeOnce();
            excess -= holder.bytes;
        }
    }

    private static long threeQuarters(long limit) {
        return limit - limit / 4;
    }

    /** What the control connections of one session hold. Owned by its driver; read from any thread. */
    public final class Account {
        private final Runnable close;
        private volatile int bytes;
        private volatile boolean closing;

        private Account(Runnable close) {
            this.close = close;
        }

        /**
         * Sets what is held now.
         *
         * @param limit bytes that all may hold together
         * @return whether the client may be read
         */
        public boolean set(int now, long limit) {
            int before = bytes;
            if (Math.abs(now - before) >= STEP) {
                bytes = now;
                long all = held.addAndGet(now - (long) before);
                if (now >= STEP) {
                    holders.add(this);
                } else {
                    holders.remove(this);
                }
                if (all > limit && now > before) {
                    relieve(limit);
                }
            }
            return !isTooMuch(limit);
        }

        /** Nothing is held any more. */
        public void close() {
            holders.remove(this);
            held.addAndGet(-bytes);
            bytes = 0;
        }

        /** Returns whether it holds more than half of what a holder has on average, while little is free. */
        private boolean isTooMuch(long limit) {
            long all = held.get();
            return all > threeQuarters(limit) && bytes >= STEP && bytes > all / (2L * Math.max(1, holders.size()));
        }

        private void closeOnce() {
            if (!closing) {
                closing = true;
                close.run();
            }
        }
    }
}
