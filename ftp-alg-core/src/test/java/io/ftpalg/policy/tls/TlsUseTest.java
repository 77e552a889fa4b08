package io.ftpalg.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlsUseTest {

    @Test
    void demandsItOfEveryoneOrOfThoseWithAPassword() {
        assertThat(TlsUse.REQUIRED.isDemandedOf("anonymous")).isTrue();
        assertThat(TlsUse.REQUIRED_FOR_LOGIN.isDemandedOf("alice")).isTrue();
        assertThat(TlsUse.REQUIRED_FOR_LOGIN.isDemandedOf("Anonymous ")).isFalse();
        assertThat(TlsUse.REQUIRED_FOR_LOGIN.isDemandedOf("FTP")).isFalse();
        assertThat(TlsUse.OPTIONAL.isDemandedOf("alice")).isFalse();
        assertThat(TlsUse.OFF.isDemandedOf("alice")).isFalse();
    }
}
