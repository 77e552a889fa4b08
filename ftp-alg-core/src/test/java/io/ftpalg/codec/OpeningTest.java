package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {
    private static final String PROXY = "\r\n\r\n\0\r\nQUIT\n";

    private static Opening of(String bytes) {
        ByteBuf in =
                Unpooled.copiedBuffer("x" + bytes, StandardCharsets.ISO_8859_1).skipBytes(1);
        Opening opening = Opening.of(in);
        assertThat(in.readableBytes()).as("left where they are").isEqualTo(bytes.length());
        return opening;
    }

    @ParameterizedTest
    @CsvSource({"1, UNDECIDED", "2, UNDECIDED", "5, UNDECIDED", "11, UNDECIDED", "12, PROXY"})
    void knowsTheSignatureOfTheProxyProtocol(int bytes, Opening expected) {
        assertThat(of(PROXY.substring(0, bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1603, TLS",
        "160301, TLS",
        "16, UNDECIDED",
        "1604, LINES",
        "0316, LINES",
        "4e, LINES",
        "0d0a55, LINES",
        "0d0a0d0a000d0a515549540d, LINES",
        "0a, LINES"
    })
    void tellsTlsFromLines(String hex, Opening expected) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            bytes.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }

        assertThat(of(bytes.toString())).isEqualTo(expected);
    }
}
