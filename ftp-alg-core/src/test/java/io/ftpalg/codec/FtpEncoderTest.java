package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import io.ftpalg.protocol.TelnetMode;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NettyLeakDetectorExtension.class)
class FtpEncoderTest {

    /** Encodes to exactly one buffer. */
    private static String encode(Object message, boolean telnet) {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpEncoder(telnet));
        channel.writeOutbound(message);
        ByteBuf out = channel.readOutbound();
        String bytes = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        assertThat(channel.<Object>readOutbound()).as("second buffer").isNull();
        channel.finish();
        return bytes;
    }

    @Test
    void endsACommandWithCrLf() {
        assertThat(encode(FtpCommand.of(FtpVerb.NOOP), true)).isEqualTo("NOOP\r\n");
        assertThat(encode(FtpCommand.of(FtpVerb.STOR, "  a "), true)).isEqualTo("STOR   a \r\n");
    }

    @Test
    void writesTheBlankOfAnEmptyArgument() {
        assertThat(encode(FtpCommand.withEmptyArgument("PASS"), true)).isEqualTo("PASS \r\n");
    }

    @Test
    void writesFfAsItCameByDefault() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpEncoder(TelnetMode.AUTO));

        channel.writeOutbound(FtpCommand.of(FtpVerb.CWD, "\u00ffa\u00ff\u00ff"), FtpReply.of(257, "\u00ff"));

        assertThat(Wire.written(channel)).isEqualTo("CWD \u00ffa\u00ff\u00ff\r\n257 \u00ff\r\n");
        channel.finish();
    }

    @Test
    void writesEachLineOfAReplyByItsPosition() {
        assertThat(encode(new ReplyLine(200, Position.ONLY, "OK"), true)).isEqualTo("200 OK\r\n");
        assertThat(encode(new ReplyLine(211, Position.FIRST, "a"), true)).isEqualTo("211-a\r\n");
        assertThat(encode(new ReplyLine(211, Position.MIDDLE, " b"), true)).isEqualTo(" b\r\n");
        assertThat(encode(new ReplyLine(690, Position.LAST, ""), true)).isEqualTo("690 \r\n");
    }

    @Test
    void writesAWholeReplyInOneBuffer() {
        assertThat(encode(FtpReply.of(227, "Entering Passive Mode (1,2,3,4,5,6)."), true))
                .isEqualTo("227 Entering Passive Mode (1,2,3,4,5,6).\r\n");
        assertThat(encode(new FtpReply(211, List.of("Features:", " MDTM", " SIZE", "End")), true))
                .isEqualTo("211-Features:\r\n MDTM\r\n SIZE\r\n211 End\r\n");
        assertThat(encode(new FtpReply(211, List.of("a", "b")), true)).isEqualTo("211-a\r\n211 b\r\n");
    }

    @Test
    void doublesFfOnlyForTelnet() {
        String name = "\u00ffa\u00ff\u00ffb\u00ff";

        assertThat(encode(FtpCommand.of(FtpVerb.CWD, name), true))
                .isEqualTo("CWD \u00ff\u00ffa\u00ff\u00ff\u00ff\u00ffb\u00ff\u00ff\r\n");
        assertThat(encode(FtpCommand.of(FtpVerb.CWD, name), false)).isEqualTo("CWD " + name + "\r\n");
        assertThat(encode(new FtpReply(211, List.of("\u00ff", "\u00ff", "\u00ff")), true))
                .isEqualTo("211-\u00ff\u00ff\r\n\u00ff\u00ff\r\n211 \u00ff\u00ff\r\n");
    }

    @Test
    void passesEveryOtherByteAsItIs() {
        StringBuilder bytes = new StringBuilder();
        for (char c = 1; c < 0xFF; c++) {
            if (c != '\r' && c != '\n') {
                bytes.append(c);
            }
        }

        assertThat(encode(FtpCommand.of(FtpVerb.CWD, bytes.toString()), true)).isEqualTo("CWD " + bytes + "\r\n");
    }

    @Test
    void leavesOtherMessagesAlone() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpEncoder(true));
        MalformedCommand malformed = new MalformedCommand(MalformedCommand.Flaw.BAD_VERB);

        channel.writeOutbound(malformed);

        assertThat(channel.<Object>readOutbound()).isSameAs(malformed);
        channel.finish();
    }

    @Test
    void servesSeveralChannels() {
        FtpEncoder encoder = new FtpEncoder(true);
        for (int i = 0; i < 2; i++) {
            EmbeddedChannel channel = new EmbeddedChannel(encoder);
            channel.writeOutbound(FtpReply.of(200, "OK"));

            assertThat(Wire.written(channel)).isEqualTo("200 OK\r\n");
            channel.finish();
        }
    }
}
