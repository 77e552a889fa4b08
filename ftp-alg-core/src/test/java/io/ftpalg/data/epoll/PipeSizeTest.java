package io.ftpalg.data.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipeSizeTest {

    @Test
    void isTheKernelsOwnWhereNothingCanBeAskedOf() {
        assertThat(PipeSize.enlarge(-1)).isEqualTo(65_536);
    }
}
