package io.ftpalg.server.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.transfer.RateLimit;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.settings.Rate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedRateTest {

    @Test
    void uploadsGoToTheServer() {
        SharedRate rate = SharedRate.of(new Rate(Optional.of(5L), Optional.empty(), Optional.empty()));

        assertThat(rate.to(Side.SERVER)).map(RateLimit::bytesPerSecond).contains(5L);
        assertThat(rate.to(Side.CLIENT)).isEmpty();
    }

    @Test
    void aBurstMayBeMovedAtOnce() {
        SharedRate rate = SharedRate.of(new Rate(Optional.empty(), Optional.of(2048L), Optional.of(4096L)));
        RateLimit downloads = rate.to(Side.CLIENT).orElseThrow();
        long now = System.nanoTime();

        assertThat(downloads.reserve(2048, now).delay()).isZero();
        assertThat(downloads.reserve(2048, now).delay()).isZero();
        assertThat(downloads.reserve(2048, now).delay()).isZero();
        assertThat(downloads.reserve(2048, now).delay()).isPositive();
    }
}
