package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class FtpLineDecoderTest {
    private final FtpCommandDecoder decoder = new FtpCommandDecoder(16, 32, true);

    private static EmbeddedChannel fed(FtpLineDecoder decoder, String... segments) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        for (String segment : segments) {
            channel.writeInbound(Wire.buffer(channel, segment, true));
        }
        return channel;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | false
            NOOP{CR}{LF}             | false
            N                        | true
            NOOP                     | true
            NOOP{CR}                 | true
            {CR}                     | true
            {NUL}                    | true
            NOOP{CR}{LF}N            | true
            0123456789ABCDEF         | true
            0123456789ABCDEFG        | true
            0123456789ABCDEFGH{LF}   | false
            {IAC}                    | false
            """)
    void knowsWhetherALineHasBegun(String bytes, boolean begun) {
        EmbeddedChannel channel = fed(
                decoder,
                bytes.replace("{CR}", "\r")
                        .replace("{LF}", "\n")
                        .replace("{NUL}", "\0")
                        .replace("{IAC}", "\u00ff"));

        assertThat(decoder.hasPartialLine()).isEqualTo(begun);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "U",
                "USER x\r\n",
                "USER x\r\nPASS",
                "\r",
                "\n",
                "\0",
                "\u00ff",
                "\u00ff\u00fd",
                "\u00ff\u00fa\u0018\u0001\u00ff",
                "\u0016\u0003\u0001\u0002\n\u00fc"
            })
    void countsAndDropsWhatStandsBehindAuthInOneSegment(String injected) {
        List<Integer> discarded = new ArrayList<>();
        List<FtpCommand> heard = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(decoder, new SimpleChannelInboundHandler<FtpCommand>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, FtpCommand command) {
                heard.add(command);
                if (command.verb() == FtpVerb.AUTH) {
                    discarded.add(decoder.discardBuffered());
                }
            }
        });

        channel.writeInbound(Wire.buffer(channel, "AUTH TLS\r\n" + injected, true));
        channel.writeInbound(Wire.buffer(channel, "NOOP\r\n", true));

        assertThat(discarded).containsExactly(injected.length());
        assertThat(heard).containsExactly(FtpCommand.of("AUTH", "TLS"), FtpCommand.of("NOOP", ""));
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "U",
                "USER x",
                "USER x\r",
                "\r\r",
                "\0\0",
                "\u00ff",
                "\u00ff\u00fd",
                "\u00ff\u00fa\u0018\u0001\u00ff",
                "a\u00ff",
                "a\r\u00ff\u00fa\u0001"
            })
    void countsAndDropsWhatCameInEarlierSegments(String held) {
        for (String[] segments : List.of(new String[] {held}, held.split(""))) {
            EmbeddedChannel channel = fed(new FtpCommandDecoder(16, 32, true), segments);
            FtpLineDecoder fed = channel.pipeline().get(FtpLineDecoder.class);

            assertThat(fed.discardBuffered()).isEqualTo(held.length());

            assertThat(fed.discardBuffered()).isZero();
            assertThat(fed.hasPartialLine()).isFalse();
            channel.writeInbound(Wire.buffer(channel, "NOOP\r\n", false));
            assertThat(channel.<Object>readInbound()).isEqualTo(FtpCommand.of("NOOP", ""));
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void hasSomethingToDiscardWhileItSkipsAnOverLongLine() {
        EmbeddedChannel channel = fed(decoder, "x".repeat(1000));

        assertThat(decoder.discardBuffered()).isPositive();
        channel.finishAndReleaseAll();
    }

    @Test
    void worksOnAfterItsChannelWasFedNothing() {
        EmbeddedChannel channel = fed(decoder, "", "NO", "", "OP\r\n");

        assertThat(channel.<Object>readInbound()).isEqualTo(FtpCommand.of("NOOP", ""));
        channel.finishAndReleaseAll();
    }
}
