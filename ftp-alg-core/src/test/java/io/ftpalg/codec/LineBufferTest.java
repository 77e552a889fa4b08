package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final LineBuffer line = new LineBuffer(4000);

    private boolean take(String bytes) {
        boolean ready = false;
        for (int i = 0; i < bytes.length(); i++) {
            ready = line.take(bytes.charAt(i));
        }
        return ready;
    }

    private String text() {
        return line.text(0, line.length());
    }

    @Test
    void isReadyAtTheLineFeed() {
        assertThat(take("ab\r")).isFalse();
        assertThat(take("\n")).isTrue();

        assertThat(text()).isEqualTo("ab");
        assertThat(line.flaw()).isEqualTo(LineBuffer.Flaw.NONE);
    }

    @Test
    void makesAQuestionMarkOfCarriageReturnsThatEndNothing() {
        take("a\r\r\rb\rc\r\r\n");

        assertThat(text()).isEqualTo("a?b?c");
        assertThat(line.flaw()).isEqualTo(LineBuffer.Flaw.CONTROL_BYTE);
    }

    @Test
    void leavesNulOut() {
        take("\0a\0b\r\0\n");

        assertThat(text()).isEqualTo("ab?");
        assertThat(line.flaw()).isEqualTo(LineBuffer.Flaw.CONTROL_BYTE);
    }

    @Test
    void forgetsTheFlawWithTheLine() {
        take("a\0\n");
        line.next();
        take("b\n");

        assertThat(text()).isEqualTo("b");
        assertThat(line.flaw()).isEqualTo(LineBuffer.Flaw.NONE);
    }

    @Test
    void cutsAtTheLimitAndSkipsToTheEndOfTheLine() {
        assertThat(take("x".repeat(4000))).isFalse();
        assertThat(take("y")).isTrue();

        assertThat(text()).isEqualTo("x".repeat(4000));
        assertThat(line.flaw()).isEqualTo(LineBuffer.Flaw.TOO_LONG);
        line.next();
        assertThat(take("zz\rzz\n")).isFalse();
        assertThat(line.isEmpty()).isTrue();
        assertThat(take("a\n")).isTrue();
        assertThat(text()).isEqualTo("a");
    }

    @Test
    void takesAPlainLineWholeAndItsEndWithIt() {
        ByteBuf in = wire("ab\r\ncd");

        assertThat(line.takeWhole(in, 3, TelnetInput.IAC)).isTrue();

        assertThat(text()).isEqualTo("ab");
        assertThat(in.readerIndex()).isEqualTo(4);
    }

    @Test
    void doesNotTakeWholeWhatNeedsALookAtEachByte() {
        for (String bytes : new String[] {"a\0b\n", "a\rb\n", "a\r\r\n", "a\u00ffb\n", "x".repeat(4001) + "\n"}) {
            ByteBuf in = wire(bytes);

            assertThat(line.takeWhole(in, bytes.length() - 1, TelnetInput.IAC))
                    .as(bytes)
                    .isFalse();

            assertThat(in.readerIndex()).isZero();
        }
        assertThat(line.takeWhole(wire("a\u00ffb\n"), 3, 0)).isTrue();
    }

    @Test
    void countsTheBytesOfAnUnfinishedLine() {
        take("a\0\r\rb\r");

        assertThat(line.received()).isEqualTo(6);
        line.reset();
        assertThat(line.received()).isZero();
    }

    @Test
    void turnsOnlyLettersIntoCapitals() {
        take("az{`@09\u00e4\n");

        assertThat(line.upperCase(0, line.length())).isEqualTo("AZ{`@09\u00e4");
    }

    @Test
    void keepsLinesApartAfterALongOne() {
        take("x".repeat(3000) + "\n");
        line.next();
        take("short\n");

        assertThat(text()).isEqualTo("short");
    }

    private static ByteBuf wire(String bytes) {
        return Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
