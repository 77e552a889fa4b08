package io.ftpalg.control;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live sessions of a gateway. Shared by all event loops and by whoever stops the gateway; each driver in it is called
 * on its own loop only.
 */
public final class Sessions {
    private final Set<SessionDriver> live = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean stopping;

    long nextId() {
        return ids.incrementAndGet();
    }

    void add(SessionDriver driver) {
        live.add(driver);
        if (stopping) {
            driver.shutdown();
        }
    }

    void remove(SessionDriver driver) {
        live.remove(driver);
        completeIfDrained();
    }

    /** Returns how many sessions there are, those included whose last reply is still on its way. */
    public int size() {
        return live.size();
    }

    /** Asks all sessions to end: idle ones at once, others after their transfer. Completes when none is left. */
    public CompletableFuture<Void> stop() {
        stopping = true;
        live.forEach(SessionDriver::shutdown);
        completeIfDrained();
        return drained;
    }

    /** Ends those that are left. */
    public void stopNow() {
        live.forEach(SessionDriver::shutdownNow);
    }

    private void completeIfDrained() {
        if (stopping && live.isEmpty()) {
            drained.complete(null);
        }
    }
}
