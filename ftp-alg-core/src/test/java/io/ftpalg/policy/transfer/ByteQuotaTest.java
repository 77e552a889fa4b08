package io.ftpalg.policy.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.transfer.ByteAllowance.Grant;
import org.junit.jupiter.api.Test;

class ByteQuotaTest {

    @Test
    void grantsAllItHasAndThenNothing() {
        ByteQuota quota = new ByteQuota(100);

        assertThat(quota.reserve(60, 0)).isEqualTo(new Grant(60, 0));
        assertThat(quota.reserve(60, 0)).isEqualTo(new Grant(40, 0));
        assertThat(quota.reserve(60, 0)).isEqualTo(Grant.NOTHING);
    }

    @Test
    void grantsAgainWhatIsGivenBack() {
        ByteQuota quota = new ByteQuota(100);
        quota.reserve(100, 0);

        quota.giveBack(30);

        assertThat(quota.left()).isEqualTo(30);
        assertThat(quota.reserve(100, 0).bytes()).isEqualTo(30);
    }

    @Test
    void leavesSomethingToOthersAtATime() {
        assertThat(new ByteQuota(1L << 40).reserve(Integer.MAX_VALUE, 0).bytes())
                .isEqualTo(256 << 10);
    }

    @Test
    void hasNothingIfItIsNotPositive() {
        assertThat(new ByteQuota(-1).left()).isZero();
    }
}
