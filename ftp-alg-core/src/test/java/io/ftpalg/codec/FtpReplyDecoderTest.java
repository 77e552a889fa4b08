package io.ftpalg.codec;

import static io.ftpalg.protocol.ReplyLine.Position.FIRST;
import static io.ftpalg.protocol.ReplyLine.Position.LAST;
import static io.ftpalg.protocol.ReplyLine.Position.MIDDLE;
import static io.ftpalg.protocol.ReplyLine.Position.ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.TelnetMode;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class FtpReplyDecoderTest {
    private static final int LINE = 64;
    private static final int LINES = 6;
    private static final int BYTES = 100;

    private static FtpReplyDecoder decoder() {
        return new FtpReplyDecoder(LINE, LINES, BYTES, true);
    }

    private static List<Object> feed(String bytes) {
        return Wire.feedAtEverySplit(FtpReplyDecoderTest::decoder, bytes).messages();
    }

    @Test
    void decodesTheCorpusAsOneStreamHoweverItIsCut() {
        String stream = """
                120 Wait
                220-Welcome
                  to this server
                220-and
                220 Ready
                331 Password, please
                230
                200\s
                299 Odd
                451 No such code for CWD
                633 Protected
                211-x
                226 not the end
                2111 nor this
                211\tnor this
                211-y
                211
                250-

                250 Done
                150 Opening
                110 MARK yyyy = mmmm
                125 Already open
                226 \u00e4\u00ff\u00ff\u0080
                550 227 Entering Passive Mode (10,0,0,1,0,22)
                211-Status
                227 Entering Passive Mode (1,2,3,4,5,6)
                211 End
                421 Bye
                """;
        List<ReplyLine> expected = List.of(
                line(120, ONLY, "Wait"),
                line(220, FIRST, "Welcome"),
                line(220, MIDDLE, "  to this server"),
                line(220, MIDDLE, "220-and"),
                line(220, LAST, "Ready"),
                line(331, ONLY, "Password, please"),
                line(230, ONLY, ""),
                line(200, ONLY, ""),
                line(299, ONLY, "Odd"),
                line(451, ONLY, "No such code for CWD"),
                line(633, ONLY, "Protected"),
                line(211, FIRST, "x"),
                line(211, MIDDLE, "226 not the end"),
                line(211, MIDDLE, "2111 nor this"),
                line(211, MIDDLE, "211\tnor this"),
                line(211, LAST, ""),
                line(250, FIRST, ""),
                line(250, MIDDLE, ""),
                line(250, LAST, "Done"),
                line(150, ONLY, "Opening"),
                line(110, ONLY, "MARK yyyy = mmmm"),
                line(125, ONLY, "Already open"),
                line(226, ONLY, "\u00e4\u00ff\u0080"),
                line(550, ONLY, "227 Entering Passive Mode (10,0,0,1,0,22)"),
                line(211, FIRST, "Status"),
                line(211, MIDDLE, "227 Entering Passive Mode (1,2,3,4,5,6)"),
                line(211, LAST, "End"),
                line(421, ONLY, "Bye"));

        // the reply to STAT has one line between its ends more than this decoder lets pass
        assertThat(feed(stream.replace("211-y\n", "").replace("\n", "\r\n"))).isEqualTo(expected);
        assertThat(feed(stream.replace("211-y\n", ""))).isEqualTo(expected);
        assertThat(Wire.feed(() -> new FtpReplyDecoder(16384, 10_000, 1 << 20, true), stream)
                        .messages())
                .containsAll(expected)
                .contains(line(211, MIDDLE, "211-y"))
                .hasSize(expected.size() + 1);
    }

    /** Dialogue E16. */
    @Test
    void putsTogetherAReplyThatComesInParts() {
        Wire.Heard heard =
                Wire.feed(FtpReplyDecoderTest::decoder, "22", "7 Entering Passive Mo", "de (1,2,3,4,5,6)", "\r", "\n");

        assertThat(heard.messages()).containsExactly(line(227, ONLY, "Entering Passive Mode (1,2,3,4,5,6)"));
    }

    @Test
    void passesEachLineOnAsItComes() {
        EmbeddedChannel channel = new EmbeddedChannel(decoder());

        channel.writeInbound(Wire.buffer(channel, "230-a\r\nb\r\n23", true));

        assertThat(channel.<Object>readInbound()).isEqualTo(line(230, FIRST, "a"));
        assertThat(channel.<Object>readInbound()).isEqualTo(line(230, MIDDLE, "b"));
        assertThat(channel.<Object>readInbound()).isNull();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {LINE - 1, LINE, LINE + 1, 10 * LINE})
    void cutsALineAtTheLimitAndGoesOnBehindItsEnd(int length) {
        String text = "x".repeat(length - 4);
        String cut = text.substring(0, Math.min(text.length(), LINE - 4));

        assertThat(feed("226 " + text + "\r\n221 Bye\r\n"))
                .containsExactly(line(226, ONLY, cut), line(221, ONLY, "Bye"));
    }

    @Test
    void neverTakesACutLineForTheEndOfAReply() {
        List<Object> heard = Wire.feedAtEverySplit(
                        () -> new FtpReplyDecoder(4, 10, 100, true), "211-abc\r\n211-abc\r\n2111 b\r\n211 abc\r\n")
                .messages();

        assertThat(heard)
                .containsExactly(
                        line(211, FIRST, ""),
                        line(211, MIDDLE, "211-"),
                        line(211, MIDDLE, "2111"),
                        line(211, LAST, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {LINES - 1, LINES, LINES + 1, 10 * LINES})
    void dropsLinesBeyondTheLimitButNeverTheLast(int lines) {
        List<Object> heard = feed("230-\r\n" + "m\r\n".repeat(lines - 2) + "230 end\r\n200 next\r\n");

        assertThat(heard)
                .hasSize(Math.min(lines, LINES) + 1)
                .startsWith(line(230, FIRST, ""), line(230, MIDDLE, "m"))
                .endsWith(line(230, LAST, "end"), line(200, ONLY, "next"));
    }

    @ParameterizedTest
    @ValueSource(ints = {BYTES - 1, BYTES, BYTES + 1})
    void dropsBytesBeyondTheLimitButNeverTheLastLine(int bytes) {
        String first = "f".repeat(50);
        String middle = "m".repeat(bytes - 50);

        List<Object> heard = feed("230-" + first + "\r\n" + middle + "\r\nx\r\n230 end\r\n");

        // of a reply that is cut, no later line passes either; exactly full is not cut yet, but x is too much
        assertThat(heard.contains(line(230, MIDDLE, middle))).isEqualTo(bytes <= BYTES);
        assertThat(heard.contains(line(230, MIDDLE, "x"))).isEqualTo(bytes < BYTES);
        assertThat(heard).endsWith(line(230, LAST, "end"));
    }

    @Test
    void staysSmallInAnEndlessReply() {
        String[] endless = new String[100];
        Arrays.fill(endless, "230-x\r\n".repeat(1000));

        assertThat(Wire.feed(FtpReplyDecoderTest::decoder, endless).messages()).hasSize(LINES - 1);
    }

    /** Banners that are no reply: a file that the operator has shown before the greeting. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 51})
    void toleratesFiftyLinesBeforeTheGreeting(int lines) {
        List<Object> heard = Wire.feed(FtpReplyDecoderTest::decoder, "a banner\r\n".repeat(lines) + "220 Ready\r\n")
                .messages();

        assertThat(heard).hasSize(Math.min(lines, 50) + 1);
        assertThat(heard.get(heard.size() - 1))
                .isEqualTo(lines > 50 ? FtpCodecException.TooManyJunkLines.class : line(220, ONLY, "Ready"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void toleratesFiveJunkLinesInARowAfterAReply(int junk) {
        List<Object> expected = new ArrayList<>();
        expected.add(line(200, ONLY, "OK"));
        for (int i = 1; i <= Math.min(junk, 5); i++) {
            expected.add(new JunkLine(i));
        }
        expected.add(junk > 5 ? FtpCodecException.TooManyJunkLines.class : line(220, ONLY, "Ready"));

        assertThat(feed("200 OK\r\n" + "junk\r\n".repeat(junk) + "220 Ready\r\n"))
                .isEqualTo(expected);
    }

    @Test
    void countsJunkLinesAnewAfterAReply() {
        List<Object> heard = feed(("junk\r\n".repeat(5) + "200 OK\r\n").repeat(3));

        assertThat(heard).hasSize(18).doesNotContain(FtpCodecException.TooManyJunkLines.class);
    }

    @Test
    void gaveUpOnceAndDropsAllThatFollows() {
        List<Object> heard = feed("200 OK\r\n" + "junk\r\n".repeat(50) + "220 Ready\r\n");

        assertThat(heard).hasSize(7).endsWith(FtpCodecException.TooManyJunkLines.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "22",
                "099 x",
                "000 x",
                "2a0 x",
                "22: x",
                "/20 x",
                "2200",
                "220x",
                "220\tx",
                " 220 x",
                "SSH-2.0-x",
                "\u00b220 x"
            })
    void takesWhatIsNoReplyForJunk(String line) {
        assertThat(feed(line + "\r\n")).containsExactly(new JunkLine(1));
    }

    /** A client that waits for them would wait for ever. */
    @ParameterizedTest
    @ValueSource(ints = {600, 699, 700, 850, 999})
    void readsCodesThatNoRfcKnows(int code) {
        assertThat(feed(code + " x\r\n" + code + "-a\r\n" + code + " b\r\n"))
                .containsExactly(line(code, ONLY, "x"), line(code, FIRST, "a"), line(code, LAST, "b"));
    }

    @Test
    void leavesNulOutAndMarksCarriageReturns() {
        assertThat(feed("257 \"a\r227 b\0\"\r\n\0" + "200\0 x\r\0y\r\r\n226 z\r\r\n"))
                .containsExactly(line(257, ONLY, "\"a?227 b\""), line(200, ONLY, "x?y"), line(226, ONLY, "z"));
    }

    @Test
    void hearsNoEndInALineThatIsCutOffByTheClose() {
        assertThat(Wire.feed(FtpReplyDecoderTest::decoder, "226 Transfer comp").messages())
                .isEmpty();
    }

    @Test
    void refusesTelnetOptionsOfTheServer() {
        Wire.Heard heard = Wire.feedAtEverySplit(
                FtpReplyDecoderTest::decoder, "\u00ff\u00fb\u00012\u00ff\u00f120 a\u00ff\u00ffb\r\n");

        assertThat(heard.answered()).isEqualTo("\u00ff\u00fe\u0001");
        assertThat(heard.messages()).containsExactly(line(220, ONLY, "a\u00ffb"));
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32, 33})
    void answersTheServersOptionsUpToThirtyTwo(int asked) {
        Wire.Heard heard = Wire.feed(FtpReplyDecoderTest::decoder, "\u00ff\u00fd\u0001".repeat(asked));

        assertThat(heard.answered()).hasSize(3 * Math.min(asked, 32));
    }

    @Test
    void takesFfForDataWhereTelnetIsOff() {
        Wire.Heard heard = Wire.feedAtEverySplit(
                () -> new FtpReplyDecoder(LINE, LINES, BYTES, false), "257 \"\u00ff\u00fb\u0001\u00ff\"\r\n");

        assertThat(heard.messages()).containsExactly(line(257, ONLY, "\"\u00ff\u00fb\u0001\u00ff\""));
        assertThat(heard.answered()).isEmpty();
    }

    /** Names stand in the text of replies, and at the start of lines within one. */
    @Test
    void readsFfInATextAsAByteOfItByDefault() {
        Wire.Heard heard = Wire.feedAtEverySplit(
                () -> new FtpReplyDecoder(LINE, LINES, BYTES, TelnetMode.AUTO),
                String.join(
                        "\r\n",
                        "\u00ff\u00fb\u00012\u00ff\u00f120 \u00ff\u00f4",
                        "257 \"\u00ff\u00ff\u00ff\u00fb\u0001\"",
                        "213-\u00ff\u00e1",
                        "\u00ff\u00f1x",
                        "213 \u00ff",
                        "\u00ff\u00f1200 a",
                        ""));

        assertThat(heard.messages())
                .containsExactly(
                        line(220, ONLY, "\u00ff\u00f4"),
                        line(257, ONLY, "\"\u00ff\u00ff\u00ff\u00fb\u0001\""),
                        line(213, FIRST, "\u00ff\u00e1"),
                        line(213, MIDDLE, "\u00ff\u00f1x"),
                        line(213, LAST, "\u00ff"),
                        line(200, ONLY, "a"));
        assertThat(heard.answered()).isEqualTo("\u00ff\u00fe\u0001");
    }

    @Test
    void countsWhatAServerSentBeforeTls() {
        FtpReplyDecoder decoder = decoder();
        EmbeddedChannel channel = new EmbeddedChannel(decoder);

        channel.writeInbound(Wire.buffer(channel, "234 ok\r\n230 in", true));

        assertThat(decoder.discardBuffered()).isEqualTo("230 in".length());
        channel.finishAndReleaseAll();
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FtpReplyDecoder(3, 1, 1, true))
                .withMessageContaining("maxLine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FtpReplyDecoder(4, 0, 1, true))
                .withMessageContaining("maxLines");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FtpReplyDecoder(4, 1, 0, true))
                .withMessageContaining("maxBytes");
    }

    private static ReplyLine line(int code, ReplyLine.Position position, String text) {
        return new ReplyLine(code, position, text);
    }
}
