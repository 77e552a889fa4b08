package io.ftpalg.policy.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTermsTest {

    @Test
    void atMostComesBehindWhatLimitsTheRate() {
        ByteQuota first = new ByteQuota(1);
        TransferTerms terms = new TransferTerms(List.of(first), List.of()).atMost(9);

        assertThat(terms.to(Side.CLIENT)).hasSize(2).first().isSameAs(first);
        assertThat(terms.to(Side.SERVER)).singleElement().isInstanceOfSatisfying(ByteQuota.class, quota -> assertThat(
                        quota.left())
                .isEqualTo(9));
    }
}
