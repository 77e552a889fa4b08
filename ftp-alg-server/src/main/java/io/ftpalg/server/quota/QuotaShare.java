package io.ftpalg.server.quota;

import io.ftpalg.policy.transfer.ByteAllowance;
import java.util.concurrent.TimeUnit;

/** What one transfer asks for each piece that it moves: a counter, within its quota. Used by the event loop of its session. */
final class QuotaShare implements ByteAllowance {
    /** What one transfer reserves at a time, and so keeps from the others for a moment. */
    static final int SLICE = 256 << 10;

    /** What it reserves while the store is behind. */
    private static final int SMALL = 4096;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final QuotaKeeper keeper;
    private final Counter counter;
    private final long limit;
    private final Runnable usedUp;
    private long period;
    private boolean exceeded;

    /**
     * Makes one.
     *
     * @param usedUp runs once, when nothing is left
     */
    QuotaShare(QuotaKeeper keeper, Counter counter, long limit, Runnable usedUp) {
        this.keeper = keeper;
        this.counter = counter;
        this.limit = limit;
        this.usedUp = usedUp;
    }

    @Override
    public Grant reserve(int wanted, long now) {
        QuotaKeeper.Pace pace = keeper.pace(counter);
        if (pace == QuotaKeeper.Pace.STOP) {
            return Grant.NOTHING;
        }
        boolean slow = pace == QuotaKeeper.Pace.SLOW;
        Periods periods = keeper.counters().periods();
        long time = periods.now();
        period = counter.used(periods, time).start();
        int bytes = counter.reserve(Math.min(wanted, slow ? SMALL : SLICE), limit, periods, time);
        if (bytes == 0 && wanted > 0 && !exceeded) {
            exceeded = true;
            usedUp.run();
        }
        return bytes == 0 ? Grant.NOTHING : new Grant(bytes, slow ? PAUSE : 0);
    }

    @Override
    public void giveBack(int bytes) {
        counter.giveBack(bytes, period);
    }
}
