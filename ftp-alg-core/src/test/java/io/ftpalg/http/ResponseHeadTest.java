package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResponseHeadTest {

    @Test
    void hasNoHeaderThatEndsEarly() {
        ResponseHead head = ResponseHead.of(200);

        assertThatThrownBy(() -> head.with("Location", "a\r\nSet-Cookie: b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> head.with("Location", "\u00E4")).isInstanceOf(IllegalArgumentException.class);
    }
}
