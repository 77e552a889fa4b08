package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TelnetModeTest {

    @Test
    void isOnOrOffForThoseWhoChooseBetweenThese() {
        assertThat(TelnetMode.of(true)).isEqualTo(TelnetMode.ON);
        assertThat(TelnetMode.of(false)).isEqualTo(TelnetMode.OFF);
    }
}
