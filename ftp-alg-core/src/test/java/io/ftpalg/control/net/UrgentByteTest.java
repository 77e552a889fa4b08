package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UrgentByteTest {

    @Test
    void tellsThatAnOctetWasNotSent() {
        assertThat(UrgentByte.send(-1, 0xF2)).isFalse();
    }
}
