package io.ftpalg.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.transfer.ByteAllowance.Grant;
import io.ftpalg.server.settings.limits.QuotaRule.Period;
import io.ftpalg.server.settings.limits.QuotaRule.Way;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuotaShareTest {
    private static final CounterName JOE = new CounterName(false, "joe", Period.DAY, Way.UPLOAD);

    private final TestClock clock = new TestClock("2026-11-29T12:00:00Z");
    private final QuotaKeeper keeper = new QuotaKeeper(clock, 10);
    private final Counter counter = keeper.counter(JOE).orElseThrow();
    private final AtomicInteger usedUp = new AtomicInteger();
    private final QuotaShare share = new QuotaShare(keeper, counter, 300_000, usedUp::incrementAndGet);

    @Test
    void reservesASliceAtATimeAndThenTheRest() {
        assertThat(share.reserve(1 << 20, 0)).isEqualTo(new Grant(QuotaShare.SLICE, 0));
        assertThat(share.reserve(1 << 20, 0)).isEqualTo(new Grant(300_000 - QuotaShare.SLICE, 0));
        assertThat(share.reserve(1 << 20, 0)).isEqualTo(Grant.NOTHING);
    }

    @Test
    void reportsOnceThatNothingIsLeft() {
        share.reserve(1 << 20, 0);
        share.reserve(1 << 20, 0);
        int before = usedUp.get();
        share.reserve(1, 0);
        share.reserve(1, 0);

        assertThat(before).isZero();
        assertThat(usedUp).hasValue(1);
    }

    @Test
    void givesBackWhatWasNotMoved() {
        share.reserve(1000, 0);
        share.giveBack(400);

        assertThat(keeper.counters().used(JOE).bytes()).isEqualTo(600);
    }

    @Test
    void sharesTheQuotaWithOtherTransfers() {
        share.reserve(1 << 20, 0);

        assertThat(new QuotaShare(keeper, counter, 300_000, () -> {})
                        .reserve(1 << 20, 0)
                        .bytes())
                .isEqualTo(300_000 - QuotaShare.SLICE);
    }
}
