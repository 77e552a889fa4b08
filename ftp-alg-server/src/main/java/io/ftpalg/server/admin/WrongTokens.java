package io.ftpalg.server.admin;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Decides which of the wrong tokens are logged: the first, and then one a minute, with the number of the others. On one thread. */
final class WrongTokens {
    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private boolean any;
    private long loggedAt;
    private long others;

    /** Counts one; returns how many were not logged since the last one that was, if this one is to be logged. */
    OptionalLong count(long nanoTime) {
        if (any && nanoTime - loggedAt < PERIOD) {
            others++;
            return OptionalLong.empty();
        }
        long before = others;
        any = true;
        loggedAt = nanoTime;
        others = 0;
        return OptionalLong.of(before);
    }
}
