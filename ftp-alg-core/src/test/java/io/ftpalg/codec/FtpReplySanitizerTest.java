package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class FtpReplySanitizerTest {

    private static Object sanitize(Object message) {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpReplySanitizer());
        channel.writeInbound(message);
        Object sanitized = channel.readInbound();
        channel.finish();
        return sanitized;
    }

    @Test
    void replacesEveryControlByteAndNothingElse() {
        StringBuilder bytes = new StringBuilder();
        StringBuilder safe = new StringBuilder();
        for (char c = 1; c <= 0xFF; c++) {
            if (c != '\r' && c != '\n') {
                bytes.append(c);
                safe.append(c < 0x20 || c == 0x7F ? '?' : c);
            }
        }

        assertThat(sanitize(new ReplyLine(211, Position.MIDDLE, bytes.toString())))
                .isEqualTo(new ReplyLine(211, Position.MIDDLE, safe.toString()));
    }

    @Test
    void passesACleanLineAndOtherMessagesAsTheyAre() {
        ReplyLine clean = new ReplyLine(200, Position.ONLY, "OK");

        assertThat(sanitize(clean)).isSameAs(clean);
        assertThat(sanitize("other")).isEqualTo("other");
    }
}
