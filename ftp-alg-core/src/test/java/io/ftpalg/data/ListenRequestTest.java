package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListenRequestTest {

    @Test
    void admitsAnySourcePortUnlessOneIsAskedFor() {
        assertThat(ListenRequest.of(Bed.LOCALHOST, Bed.ANY, Bed.LOCALHOST, 1).admittedPort()).isEmpty();
    }

    @Test
    void refusesToTurnNobodyAway() {
        assertThatThrownBy(() -> ListenRequest.of(Bed.LOCALHOST, Bed.ANY, Bed.LOCALHOST, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
