package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpRequest;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.TelnetMode;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of the codec, tried on what seeded generators make. */
@ExtendWith(NettyLeakDetectorExtension.class)
class CodecRoundTripTest {
    private static final int TRIES = 300;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String NASTY =
            "\r\r\n\n\n\0\u00ff\u00ff\u00ff\u00f0\u00f2\u00f4\u00fa\u00fb\u00fd\u00feAbor PORT 227-211- \t\u001b\u0080";

    @ParameterizedTest
    @EnumSource
    void decodesTheCommandsThatItEncoded(TelnetMode telnet) {
        Random random = new Random(959);
        for (int i = 0; i < TRIES; i++) {
            List<FtpCommand> commands = commands(random);
            String wire = encode(commands, telnet);

            Wire.Heard heard = Wire.feed(() -> new FtpCommandDecoder(8192, 32, telnet), Wire.cut(random, wire));

            assertThat(heard.messages()).isEqualTo(commands);
            assertThat(heard.answered()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodesTheRepliesThatItEncoded(TelnetMode telnet) {
        Random random = new Random(854);
        for (int i = 0; i < TRIES; i++) {
            List<FtpReply> replies = replies(random);
            String wire = encode(replies, telnet);

            Wire.Heard heard = Wire.feed(() -> replyDecoders(telnet), Wire.cut(random, wire));

            assertThat(heard.messages()).isEqualTo(replies);
            assertThat(heard.answered()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodesReplyLinesAsItEncodesTheirReply(TelnetMode telnet) {
        Random random = new Random(1123);
        for (int i = 0; i < TRIES; i++) {
            List<FtpReply> replies = replies(random);
            List<ReplyLine> lines = new ArrayList<>();
            replies.forEach(reply -> lines.addAll(reply.split()));

            assertThat(encode(lines, telnet)).isEqualTo(encode(replies, telnet));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAnyBytesTheSameHoweverTheyAreCut(TelnetMode telnet) {
        Random random = new Random(2428);
        for (int i = 0; i < 5 * TRIES; i++) {
            String bytes = bytes(random);

            assertSameHoweverCut(random, bytes, () -> new FtpCommandDecoder(20, 4, telnet));
            assertSameHoweverCut(random, bytes, () -> new FtpReplyDecoder(20, 5, 40, telnet));
        }
    }

    private static void assertSameHoweverCut(Random random, String bytes, Supplier<ChannelHandler> decoder) {
        Wire.Heard whole = Wire.feed(decoder, bytes);

        assertThat(Wire.feed(decoder, Wire.cut(random, bytes))).isEqualTo(whole);

        assertThat(whole.messages()).allSatisfy(message -> assertThat(message)
                .satisfiesAnyOf(
                        m -> assertThat(m).isInstanceOf(FtpRequest.class),
                        m -> assertThat(m).isInstanceOf(ReplyLine.class),
                        m -> assertThat(m).isInstanceOf(JunkLine.class),
                        m -> assertThat(m).isEqualTo(FtpCodecException.TooManyJunkLines.class)));
    }

    @ParameterizedTest
    @EnumSource
    void decodesAgainWhatItMadeOfAnyBytes(TelnetMode telnet) {
        Random random = new Random(3659);
        for (int i = 0; i < 5 * TRIES; i++) {
            List<Object> commands =
                    new ArrayList<>(Wire.feed(() -> new FtpCommandDecoder(8192, 4, telnet), bytes(random))
                            .messages());
            commands.removeIf(request -> !(request instanceof FtpCommand));

            String wire = encode(commands, telnet);

            assertThat(Wire.feed(() -> new FtpCommandDecoder(8192, 4, telnet), wire)
                            .messages())
                    .isEqualTo(commands);
        }
    }

    private static ChannelHandler replyDecoders(TelnetMode telnet) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addFirst(
                                new FtpReplyDecoder(16384, 10_000, 1 << 20, telnet),
                                new FtpReplyAggregator(10_000, 1 << 20));
            }
        };
    }

    private static String encode(List<?> messages, TelnetMode telnet) {
        EmbeddedChannel channel = new EmbeddedChannel(new FtpEncoder(telnet));
        channel.writeOutbound(messages.toArray());
        String wire = Wire.written(channel);
        channel.finishAndReleaseAll();
        return wire;
    }

    private static List<FtpCommand> commands(Random random) {
        List<FtpCommand> commands = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            StringBuilder name = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                name.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
            }
            commands.add(FtpCommand.of(name.toString(), text(random)));
        }
        return commands;
    }

    private static List<FtpReply> replies(Random random) {
        List<FtpReply> replies = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int code = 100 + random.nextInt(600);
            int lines = random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 1;
            List<String> texts = new ArrayList<>();
            while (texts.size() < lines) {
                String text = random.nextInt(4) == 0 ? code + "-" + text(random) : text(random);
                boolean between = !texts.isEmpty() && texts.size() < lines - 1;
                if (!between || !ReplyLine.endsReply(code, text)) {
                    texts.add(text);
                }
            }
            replies.add(new FtpReply(code, texts));
        }
        return replies;
    }

    /** Bytes that a line can hold, 0xFF more often than by chance. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 1000 : 20); i > 0; i--) {
            char c = random.nextInt(10) == 0 ? 0xFF : (char) (1 + random.nextInt(255));
            if (c != '\r' && c != '\n') {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String bytes(Random random) {
        StringBuilder bytes = new StringBuilder();
        for (int i = random.nextInt(120); i > 0; i--) {
            bytes.append(
                    random.nextInt(8) == 0 ? (char) random.nextInt(256) : NASTY.charAt(random.nextInt(NASTY.length())));
        }
        return bytes.toString();
    }
}
