package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.MalformedCommand;
import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NettyLeakDetectorExtension.class)
class TelnetInputTest {
    private static final int OPTIONS = 3;

    private static FtpCommandDecoder decoder() {
        return new FtpCommandDecoder(8192, OPTIONS, true);
    }

    private static Wire.Heard feed(String bytes) {
        return Wire.feedAtEverySplit(TelnetInputTest::decoder, bytes);
    }

    @Test
    void swallowsCommandsWithoutAnOption() {
        for (int command = 0xF0; command <= 0xF9; command++) {
            Wire.Heard heard = feed("NO\u00ff" + (char) command + "OP\r\n");

            assertThat(heard.messages()).as("%x", command).containsExactly(FtpCommand.of("NOOP", ""));
            assertThat(heard.answered()).isEmpty();
        }
    }

    @Test
    void dropsOnlyTheIacBeforeAByteThatIsNoCommand() {
        assertThat(feed("N\u00ffO\u00ffO\u00ffP\u00ff\r\u00ff\n").messages())
                .containsExactly(FtpCommand.of("NOOP", ""));
        assertThat(feed("CWD \u00ff\u00ef\r\n").messages()).containsExactly(FtpCommand.of("CWD", "\u00ef"));
        assertThat(feed("CWD \u00ff\0\r\n").messages())
                .containsExactly(new MalformedCommand(MalformedCommand.Flaw.CONTROL_BYTE));
    }

    @Test
    void ignoresWontAndDont() {
        Wire.Heard heard = feed("\u00ff\u00fc\u0001\u00ff\u00fe\u0003NOOP\r\n");

        assertThat(heard.answered()).isEmpty();
        assertThat(heard.messages()).containsExactly(FtpCommand.of("NOOP", ""));
    }

    @Test
    void takesAnyByteForAnOption() {
        assertThat(feed("\u00ff\u00fb\u00ff\u00ff\u00fd\n").answered()).isEqualTo("\u00ff\u00fe\u00ff\u00ff\u00fc\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {OPTIONS - 1, OPTIONS, OPTIONS + 1, 100_000})
    void answersSoManyOptionsAndNoMore(int asked) {
        Wire.Heard heard = Wire.feed(TelnetInputTest::decoder, "\u00ff\u00fd\u0001".repeat(asked) + "NOOP\r\n");

        assertThat(heard.answered()).isEqualTo("\u00ff\u00fc\u0001".repeat(Math.min(asked, OPTIONS)));
        assertThat(heard.messages()).containsExactly(FtpCommand.of("NOOP", ""));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TelnetInput.MAX_SUBNEGOTIATION - 1,
                TelnetInput.MAX_SUBNEGOTIATION,
                TelnetInput.MAX_SUBNEGOTIATION + 1
            })
    void skipsASubnegotiationUpToItsLimit(int size) {
        Wire.Heard heard = Wire.feedAtEverySplit(
                TelnetInputTest::decoder, "\u00ff\u00fa" + "\u0018".repeat(size - 2) + "\u00ff\u00f0NOOP\r\n");

        // one byte too much, and the F0 of its end is read as the first byte of the line
        assertThat(heard.messages())
                .containsExactly(
                        size <= TelnetInput.MAX_SUBNEGOTIATION
                                ? FtpCommand.of("NOOP", "")
                                : new MalformedCommand(MalformedCommand.Flaw.BAD_VERB));
    }

    @Test
    void hearsAgainAfterASubnegotiationWithoutAnEnd() {
        String endless = "\u00ff\u00fa" + "\n".repeat(TelnetInput.MAX_SUBNEGOTIATION);

        assertThat(feed(endless + "NOOP\r\n").messages()).containsExactly(FtpCommand.of("NOOP", ""));
    }

    @Test
    void survivesARunOfIacs() {
        assertThat(Wire.feed(TelnetInputTest::decoder, "\u00ff".repeat(4096) + "\nNOOP\r\n")
                        .messages())
                .isEqualTo(List.of(new MalformedCommand(MalformedCommand.Flaw.BAD_VERB), FtpCommand.of("NOOP", "")));
    }

    @Test
    void answersBeforeTheLineEnds() {
        assertThat(Wire.feed(TelnetInputTest::decoder, "\u00ff", "\u00fd", "\u0001")
                        .answered())
                .isEqualTo("\u00ff\u00fc\u0001");
    }
}
