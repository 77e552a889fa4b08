package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcapDecoderTest {
    private static final String OK = "ICAP/1.0 200 OK\r\n";

    private static String decode(String text, int pieceSize) throws IcapException {
        StringBuilder events = new StringBuilder();
        IcapDecoder decoder = new IcapDecoder();
        IcapDecoder.Output output = new IcapDecoder.Output() {
            @Override
            public boolean open() {
                return true;
            }

            @Override
            public void head(IcapHead head, Encapsulated follows) {
                events.append(head.code()).append(head.headers().size()).append(' ');
            }

            @Override
            public void http(Encapsulated.Kind kind, String startLine) {
                events.append(kind).append('[').append(startLine).append("] ");
            }

            @Override
            public void body(ByteBuf piece) {
                events.append(piece.toString(StandardCharsets.ISO_8859_1));
            }

            @Override
            public void end() {
                events.append(" end ");
            }
        };
        for (int i = 0; i < text.length(); i += pieceSize) {
            String piece = text.substring(i, Math.min(text.length(), i + pieceSize));
            decoder.decode(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1), output);
        }
        return events.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void decodesRepliesInAnyPieces(int size) throws Exception {
        String http = "GET x HTTP/1.1\r\n\r\n";
        String text = "ICAP/1.0 100 Continue\r\nA: b\r\n\r\n"
                + OK + "Encapsulated: req-hdr=0, res-hdr=" + http.length() + ", res-body=" + (http.length() + 19)
                + "\r\n\r\n" + http + "HTTP/1.1 200 OK\r\n\r\n"
                + "3; x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
                + "ICAP/1.0 204 x\nA: b\n c\n\n";

        assertThat(decode(text, size)).isEqualTo("1001 2001 RESPONSE[HTTP/1.1 200 OK] abc0123456789 end 2041  end ");
    }

    @Test
    void aReplyMayHaveNoBody() throws Exception {
        assertThat(decode(OK + "Encapsulated: req-hdr=0, null-body=8\r\n\r\nPUT x\r\n\r" + OK + "\r\n", 5))
                .isEqualTo("2001 REQUEST[PUT x]  end 2000  end ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | sent no ICAP status line",
                "ICAP/1.0 200 OK;x | sent a line that is no header",
                "ICAP/1.0 200 OK; folded: first | sent a line that is no header",
                "ICAP/1.0 200 OK;: x | sent a line that is no header",
                "ICAP/1.0 200 OK;Encapsulated: x=0; | sent a wrong or too large Encapsulated header",
                "ICAP/1.0 200 OK;Encapsulated: res-hdr=0, res-body=2;;xx | sent no encapsulated HTTP header",
                "ICAP/1.0 200 OK;Encapsulated: opt-body=0;;x | sent a wrong or too large chunk size",
                "ICAP/1.0 200 OK;Encapsulated: opt-body=0;;-1 | sent a wrong or too large chunk size",
                "ICAP/1.0 200 OK;Encapsulated: opt-body=0;;100000000 | sent a wrong or too large chunk size",
                "ICAP/1.0 200 OK;Encapsulated: opt-body=0;;1;ab | sent a chunk longer than its size",
            })
    void refusesWhatIsNoIcap(String text, String message) {
        assertThatThrownBy(() -> decode(text.replace(";", "\r\n") + "\r\n", 1000))
                .isInstanceOf(IcapException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"8191, true", "8192, true", "8193, false"})
    void boundsLines(int length, boolean whole) {
        assertThat(accepts("ICAP/1.0 200 " + "x".repeat(length - 14) + "\r\n")).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, true", "101, false"})
    void boundsTheCountOfHeaders(int count, boolean accepted) {
        assertThat(accepts(OK + "a: b\r\n".repeat(count))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"32767, true", "32768, true", "32769, false"})
    void boundsTheHead(int size, boolean accepted) {
        String thousand = "a: " + "b".repeat(1024 - 5) + "\r\n";
        int last = size - 31 * 1024;

        assertThat(accepts(OK + thousand.repeat(31) + "a: " + "b".repeat(last - 5) + "\r\n"))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"32767, true", "32768, true", "32769, false"})
    void boundsWhatIsEncapsulated(int size, boolean accepted) {
        assertThat(accepts(OK + "Encapsulated: res-hdr=0, res-body=" + size + "\r\n\r\n"))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false"})
    void boundsTheTrailer(int count, boolean accepted) {
        String thousand = "a: " + "b".repeat(1024 - 5) + "\r\n";

        assertThat(accepts(OK + "Encapsulated: opt-body=0\r\n\r\n0\r\n" + thousand.repeat(count)))
                .isEqualTo(accepted);
    }

    private static boolean accepts(String text) {
        try {
            decode(text, 1000);
            return true;
        } catch (IcapException e) {
            return false;
        }
    }
}
