package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.MalformedCommand;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FtpDecoderLimitsTest {
    private static final FtpDecoderLimits SMALL = FtpDecoderLimits.DEFAULT
            .withCommandLine(8)
            .withReplyLine(9)
            .withReplyLines(2)
            .withReplyBytes(100);

    @Test
    void holdForCommands() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpCommandDecoder(SMALL));

        channel.writeInbound(Wire.buffer(channel, "NOOP\r\nCWD 123456\r\n", false));

        assertThat(channel.<Object>readInbound()).isEqualTo(FtpCommand.of(FtpVerb.NOOP));
        assertThat(channel.<Object>readInbound()).isEqualTo(new MalformedCommand(MalformedCommand.Flaw.TOO_LONG));
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void holdForReplies() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpReplyDecoder(SMALL), new FtpReplyAggregator(SMALL));

        channel.writeInbound(Wire.buffer(channel, "211-first\r\n too long\r\n one too many\r\n211 last\r\n", false));

        FtpReply reply = channel.readInbound();
        assertThat(reply.lines())
                .hasSizeLessThanOrEqualTo(3)
                .startsWith("first")
                .endsWith("last");
        assertThat(reply.lines()).allMatch(line -> line.length() <= 9);
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void byDefaultSuitUsualPeers() {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpEncoder(), new FtpCommandDecoder());

        channel.writeInbound(Wire.buffer(channel, "CWD " + "x".repeat(8188) + "\r\n", false));

        assertThat(channel.<Object>readInbound()).isInstanceOf(FtpCommand.class);
        assertThat(channel.finish()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,4,1,1,0,commandLine",
        "1,3,1,1,0,replyLine",
        "1,4,0,1,0,replyLines",
        "1,4,1,0,0,replyBytes",
        "1,4,1,1,-1,telnetOptions"
    })
    void areChecked(int commandLine, int replyLine, int replyLines, int replyBytes, int telnetOptions, String name) {
        assertThatThrownBy(() -> new FtpDecoderLimits(commandLine, replyLine, replyLines, replyBytes, telnetOptions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void areChangedOneByOne() {
        assertThat(Stream.of(SMALL.withTelnetOptions(0), SMALL.withReplyLine(10)))
                .extracting(FtpDecoderLimits::commandLine)
                .containsOnly(8);
        assertThat(SMALL.withTelnetOptions(0).telnetOptions()).isZero();
    }
}
