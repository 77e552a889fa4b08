package io.ftpalg.data.relay;

import io.ftpalg.data.channel.ReadSizer;

/**
 * Counts the bytes of memory that the buffer relays of one event loop hold, and reports when it gets scarce.
 *
 * <p>No transfer fails for want of memory: beyond the bound each direction of a relay still reads {@link ReadSizer#SMALL} bytes at
 * a time. So a loop holds at most its bound and that for each direction. On that loop only.
 */
public final class RelayMemory {
    private final long bound;
    private long held;

    public RelayMemory(long bound) {
        this.bound = bound;
    }

    void take(long bytes) {
        held += bytes;
    }

    void giveBack(long bytes) {
        held -= bytes;
    }

    /** Returns the bytes that are held now. */
    public long held() {
        return held;
    }

    /** Returns the bytes up to the bound; negative beyond it. */
    long left() {
        return bound - held;
    }
}
