package io.ftpalg.policy.transfer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number of bytes, for one transfer or for several together: the one that has more to move when they are used up is cut. Thread-safe;
 * never blocks.
 */
public final class ByteQuota implements ByteAllowance {
    /** What one transfer reserves at a time, and so keeps from the others for a moment. */
    private static final int SLICE = 256 << 10;

    private final AtomicLong left;

    /** Makes one of so many bytes; none if it is not positive. */
    public ByteQuota(long bytes) {
        left = new AtomicLong(Math.max(0, bytes));
    }

    /** Returns how many bytes are left that no transfer has reserved. */
    public long left() {
        return left.get();
    }

    @Override
    public Grant reserve(int wanted, long now) {
        int most = Math.min(wanted, SLICE);
        long had = left.getAndUpdate(bytes -> bytes - Math.min(bytes, most));
        int bytes = (int) Math.min(had, most);
        return bytes == 0 ? Grant.NOTHING : new Grant(bytes, 0);
    }

    @Override
    public void giveBack(int bytes) {
        left.addAndGet(bytes);
    }
}
