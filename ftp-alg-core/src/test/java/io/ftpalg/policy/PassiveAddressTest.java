package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.IpLiteral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassiveAddressTest {

    @Test
    void isAnAddressOrAName() {
        assertThat(PassiveAddress.of("203.0.113.7").address()).isEqualTo(IpLiteral.parse("203.0.113.7"));
        assertThat(PassiveAddress.of("FTP.example").address()).isEmpty();
        assertThat(PassiveAddress.of("FTP.example").host()).isEqualTo("ftp.example");
        assertThat(PassiveAddress.of("ftp.example")
                        .clients()
                        .contains(IpLiteral.parse("192.0.2.1").orElseThrow()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "2001:db8::1", "0x7f.1", "127.1", "", "a b"})
    void refusesWhatA227CannotCarry(String host) {
        assertThatThrownBy(() -> PassiveAddress.of(host)).isInstanceOf(IllegalArgumentException.class);
    }
}
