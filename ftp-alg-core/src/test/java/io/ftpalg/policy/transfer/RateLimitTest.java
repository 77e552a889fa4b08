package io.ftpalg.policy.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ftpalg.policy.transfer.ByteAllowance.Grant;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long RATE = 2_000_000;
    /** As good as any: the clock of {@link System#nanoTime} may be negative, and overflow. */
    private static final long START = Math.subtractExact(Long.MAX_VALUE, SECOND);

    private final RateLimit limit = new RateLimit(RATE, 0, START);

    @Test
    void grantsTenMillisecondsAtATime() {
        assertThat(limit.reserve(1 << 20, START)).isEqualTo(new Grant(20_000, 0));
    }

    @Test
    void grantsNoMoreThanWanted() {
        assertThat(limit.reserve(7, START)).isEqualTo(new Grant(7, 0));
    }

    @Test
    void theNextWaitsForThatTime() {
        limit.reserve(20_000, START);

        assertThat(limit.reserve(20_000, START + 1_000_000)).isEqualTo(new Grant(20_000, 9_000_000));
    }

    @Test
    void whatWasNotUsedIsLost() {
        limit.reserve(20_000, START);

        assertThat(limit.reserve(20_000, START + 3 * SECOND).delay()).isZero();
        assertThat(limit.reserve(20_000, START + 3 * SECOND).delay()).isEqualTo(10_000_000);
    }

    @Test
    void aBurstMayBeMovedAtOnce() {
        RateLimit bursting = new RateLimit(RATE, 60_000, START);

        for (int i = 0; i < 4; i++) {
            assertThat(bursting.reserve(20_000, START).delay()).as("grant " + i).isZero();
        }
        assertThat(bursting.reserve(20_000, START).delay()).isEqualTo(10_000_000);
    }

    @Test
    void whatIsGivenBackDelaysNobody() {
        limit.reserve(20_000, START);
        limit.giveBack(20_000);

        assertThat(limit.reserve(20_000, START).delay()).isZero();
    }

    /** Each has its next grant when the last one is used up, as a relay does. */
    @Test
    void allWhoShareItMoveAlike() {
        int transfers = 7;
        long[] moved = new long[transfers];
        PriorityQueue<long[]> next = new PriorityQueue<>((a, b) -> Long.compare(a[0] - START, b[0] - START));
        for (int i = 0; i < transfers; i++) {
            next.add(new long[] {START, i});
        }
        while (next.element()[0] - START < 10 * SECOND) {
            long[] turn = next.remove();
            Grant grant = limit.reserve(1 << 20, turn[0]);
            moved[(int) turn[1]] += grant.bytes();
            next.add(new long[] {turn[0] + Math.max(1, grant.delay()), turn[1]});
        }

        for (long each : moved) {
            assertThat(each).isCloseTo(RATE * 10 / transfers, within(RATE / 50));
        }
    }

    @Test
    void aSmallRateIsGrantedInPiecesThatAreWorthATimer() {
        assertThat(new RateLimit(1, 0, START).reserve(1 << 20, START).bytes()).isEqualTo(2048);
    }

    @Test
    void aLargeRateIsGrantedInPiecesThatLeaveTheLoopToOthers() {
        assertThat(new RateLimit(1L << 40, 0, START)
                        .reserve(Integer.MAX_VALUE, START)
                        .bytes())
                .isEqualTo(1 << 20);
    }

    @Test
    void refusesRatesAndBurstsOutOfRange() {
        assertThat(new RateLimit(1L << 40, 1L << 40).bytesPerSecond()).isEqualTo(1L << 40);
        assertThatThrownBy(() -> new RateLimit(0)).hasMessage("a rate is 1 to 2^40 bytes a second, not 0");
        assertThatThrownBy(() -> new RateLimit((1L << 40) + 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimit(1, -1)).hasMessage("a burst is 0 to 2^40 bytes, not -1");
        assertThatThrownBy(() -> new RateLimit(1, (1L << 40) + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
