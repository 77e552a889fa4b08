package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.ByteQuota;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger again = new AtomicInteger();

    @Test
    void withoutAllowancesReadsWhatIsWanted() {
        Pacer pacer = pacer();

        assertThat(pacer.mayRead(5_000_000)).isEqualTo(5_000_000);
        assertThat(pacer.read(5_000_000)).isTrue();
        assertThat(pacer.size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void readsWhatWasGranted() {
        Pacer pacer = pacer(new Pieces(1000, 0));

        assertThat(pacer.mayRead(5000)).isEqualTo(1000);
        pacer.read(400);

        assertThat(pacer.mayRead(5000)).isEqualTo(600);
    }

    @Test
    void waitsForTheDelayOfAGrant() {
        channel.freezeTime();
        Pacer pacer = pacer(new Pieces(1000, TimeUnit.SECONDS.toNanos(3)));

        assertThat(pacer.mayRead(5000)).isZero();
        assertThat(pacer.isWaiting()).isTrue();
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(again).hasValue(1);
        assertThat(pacer.isWaiting()).isFalse();
        assertThat(pacer.mayRead(5000)).isEqualTo(1000);
    }

    @Test
    void isAsSlowAsTheSlowestAndGivesTheOthersBackWhatItDoesNotGrant() {
        ByteQuota first = new ByteQuota(100_000);
        ByteQuota second = new ByteQuota(1000);
        Pacer pacer = pacer(first, second);

        assertThat(pacer.mayRead(5000)).isEqualTo(1000);

        assertThat(first.left()).isEqualTo(99_000);
    }

    @Test
    void aReadBeyondTheGrantIsReservedBehindIt() {
        ByteQuota quota = new ByteQuota(3000);
        Pacer pacer = pacer(new Pieces(1000, 0), quota);
        pacer.mayRead(1);

        assertThat(pacer.read(2500)).isTrue();

        assertThat(quota.left()).isZero();
        assertThat(pacer.mayRead(5000)).isEqualTo(500);
    }

    @Test
    void allowsAllOfAQuota() {
        Pacer pacer = pacer(new ByteQuota(3000));
        pacer.mayRead(1);

        assertThat(pacer.read(3000)).isTrue();
    }

    @Test
    void refusesWhatIsBeyondAQuota() {
        Pacer pacer = pacer(new ByteQuota(3000));
        pacer.mayRead(1);

        assertThat(pacer.read(3001)).isFalse();
    }

    @Test
    void looksForOneMoreByteBehindAQuota() {
        Pacer pacer = pacer(new ByteQuota(3000));
        pacer.mayRead(1);
        pacer.read(3000);

        assertThat(pacer.mayRead(5000)).isEqualTo(1);
        assertThat(pacer.read(1)).isFalse();
    }

    @Test
    void givesBackWhatIsLeft() {
        ByteQuota quota = new ByteQuota(3000);
        Pacer pacer = pacer(quota);
        pacer.mayRead(1);
        pacer.read(1000);

        pacer.stop();

        assertThat(quota.left()).isEqualTo(2000);
    }

    @Test
    void doesNothingAgainOnceItIsStopped() {
        channel.freezeTime();
        Pacer pacer = pacer(new Pieces(1000, TimeUnit.SECONDS.toNanos(3)));
        pacer.mayRead(5000);

        pacer.stop();
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(again).hasValue(0);
    }

    @Test
    void readsSmallPiecesAtATime() {
        Pacer pacer = pacer(new Pieces(10_000, 0));
        pacer.mayRead(1);

        assertThat(pacer.size()).isEqualTo(10_000);
        pacer.read(9_999);
        assertThat(pacer.size()).isEqualTo(2048);
    }

    private Pacer pacer(ByteAllowance... allowances) {
        return new Pacer(channel.eventLoop(), List.of(allowances), again::incrementAndGet, () -> channel.eventLoop()
                .ticker()
                .nanoTime());
    }

    /** Grants pieces of one size without an end, each with this delay. */
    private record Pieces(int size, long delay) implements ByteAllowance {
        @Override
        public Grant reserve(int wanted, long now) {
            return new Grant(Math.min(wanted, size), delay);
        }

        @Override
        public void giveBack(int bytes) {}
    }
}
