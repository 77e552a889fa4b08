package io.ftpalg.server.ctl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 7.1. */
class ChunkedInputTest {
    private static ChunkedInput of(String text) {
        return new ChunkedInput(new ByteArrayInputStream(text.getBytes(US_ASCII)));
    }

    @Test
    void hasTheContentOfItsChunks() throws IOException {
        try (ChunkedInput in = of("3;name=value\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n")) {
            assertThat(new String(in.readAllBytes(), US_ASCII)).isEqualTo("abc0123456789abcdef");
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void isReadByteByByteToo() throws IOException {
        try (ChunkedInput in = of("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")) {
            assertThat(in.read(new byte[0], 0, 0)).isZero();
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.read()).isEqualTo('b');
            assertThat(in.read()).isEqualTo('c');
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nabc", "", "3\r\nabc\r\n", "x\r\n", ";\r\n", "-1\r\n", "ffffffffff\r\n"})
    void failsWhereItIsCutOrNoChunk(String text) {
        assertThatThrownBy(() -> of(text).readAllBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
                    try (ChunkedInput in = of(text)) {
                        while (in.read() >= 0) {
                            assertThat(in.available()).isZero();
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
