package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtectionTest {
    private final Protection protection = new Protection();

    @Test
    void isInTheClearAtFirst() {
        assertThat(protection.isFresh()).isTrue();
        assertThat(protection.isSecured()).isFalse();
        assertThat(protection.isBufferSizeAgreed()).isFalse();
        assertThat(protection.isDataPrivate()).isFalse();
    }

    @Test
    void keepsTheDataProtectedWhenTheControlConnectionLeavesTls() {
        protection.secure();
        protection.agreeBufferSize();
        protection.protectData(true);

        protection.leave();

        assertThat(protection.isSecured()).isFalse();
        assertThat(protection.isFresh()).isFalse();
        assertThat(protection.isBufferSizeAgreed()).isFalse();
        assertThat(protection.isDataPrivate()).isTrue();
    }

    @Test
    void isFreshAgainAfterAReset() {
        protection.secure();
        protection.agreeBufferSize();
        protection.protectData(true);
        protection.postponeData();

        protection.reset();

        assertThat(protection.isFresh()).isTrue();
        assertThat(protection.isBufferSizeAgreed()).isFalse();
        assertThat(protection.isDataPrivate()).isFalse();
        assertThat(protection.isDataPostponed()).isFalse();
    }

    @Test
    void postponesWhatWasRefusedUntilItIsAgreed() {
        protection.postponeData();

        assertThat(protection.isDataPostponed()).isTrue();
        assertThat(protection.isDataPrivate()).isFalse();
        protection.protectData(true);
        assertThat(protection.isDataPostponed()).isFalse();
    }
}
