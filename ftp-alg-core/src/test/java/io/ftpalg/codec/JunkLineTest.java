package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JunkLineTest {

    @Test
    void countsFromOne() {
        assertThat(new JunkLine(1).inARow()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new JunkLine(0));
    }
}
