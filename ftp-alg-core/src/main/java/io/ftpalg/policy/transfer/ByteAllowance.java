package io.ftpalg.policy.transfer;

/**
 * What transfers have to ask before they move bytes, a piece at a time. One may serve several transfers, on several event loops: it
 * must be thread-safe, and must not block.
 */
public interface ByteAllowance {

    /**
     * Reserves bytes for one transfer, which may move them once the delay is over. Each call reserves more, behind what was reserved
     * before, whoever did: transfers that share an allowance are served in turns.
     *
     * @param wanted how many at most, 1 at least
     * @param now the clock of {@link System#nanoTime}
     * @return what was reserved; {@link Grant#NOTHING} if there will be no more: the transfer is cut when it has more to move
     */
    Grant reserve(int wanted, long now);

    /** Takes back bytes that were reserved and were not moved. */
    void giveBack(int bytes);

    /**
     * What was reserved.
     *
     * @param bytes how many; 0 if there are no more
     * @param delay nanoseconds to wait before they may be moved, 0 if none
     */
    record Grant(int bytes, long delay) {
        /** No bytes, now or later. */
        public static final Grant NOTHING = new Grant(0, 0);
    }
}
