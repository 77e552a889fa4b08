package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyQuotaTest {

    @Test
    void keepsThePlaceOfTheLastLine() {
        ReplyQuota quota = new ReplyQuota(3, 100);

        quota.start(10);

        assertThat(quota.admits(10)).isTrue();
        assertThat(quota.admits(10)).isFalse();
    }

    @Test
    void admitsNothingMoreOfAReplyThatWasCut() {
        ReplyQuota quota = new ReplyQuota(100, 20);

        quota.start(10);

        assertThat(quota.admits(11)).isFalse();
        assertThat(quota.admits(1)).isFalse();
    }

    @Test
    void startsAnewWithEachReply() {
        ReplyQuota quota = new ReplyQuota(100, 20);
        quota.start(30);
        assertThat(quota.admits(0)).isFalse();

        quota.start(10);

        assertThat(quota.admits(10)).isTrue();
    }

    @Test
    void doesNotOverflow() {
        ReplyQuota quota = new ReplyQuota(Integer.MAX_VALUE, Integer.MAX_VALUE);

        quota.start(Integer.MAX_VALUE);

        assertThat(quota.admits(1)).isFalse();
    }
}
