package io.ftpalg.server.service;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One task for each event loop, to find out whether all of them run tasks. Begun and asked by one thread; the loops count.
 */
final class LoopRound {
    private final AtomicInteger missing = new AtomicInteger();

    private LoopRound() {}

    /** Begins one; a loop that has ended never completes it. */
    static LoopRound begin(Iterable<? extends Executor> loops) {
        LoopRound round = new LoopRound();
        for (Executor loop : loops) {
            round.missing.incrementAndGet();
            try {
                loop.execute(round.missing::decrementAndGet);
            } catch (RejectedExecutionException ended) {
                // It stays missing.
            }
        }
        return round;
    }

    /** Returns whether each loop has run its task. */
    boolean complete() {
        return missing.get() == 0;
    }
}
