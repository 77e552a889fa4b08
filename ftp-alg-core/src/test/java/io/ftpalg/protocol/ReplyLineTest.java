package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.ReplyLine.Position;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyLineTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ONLY,text,200 text,true,true", "FIRST,text,200-text,true,false", "MIDDLE, text, text,false,false",
                "LAST,text,200 text,false,true", "ONLY,'','200 ',true,true", "FIRST,'',200-,true,false"
            })
    void isSentAsItsPositionSays(Position position, String text, String wire, boolean starts, boolean ends) {
        ReplyLine line = new ReplyLine(200, position, text);

        assertThat(line.wire()).isEqualTo(wire);
        assertThat(line.starts()).isEqualTo(starts);
        assertThat(line.ends()).isEqualTo(ends);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "211 End,true",
                "211 ,true",
                "211,true",
                "211-more,false",
                "226 not the end,false",
                "2110,false",
                "21,false",
                "'',false",
                " 211 End,false",
                "2111 x,false",
                "211\tx,false"
            })
    void endsAReplyOfTheSameCodeOnly(String line, boolean ends) {
        assertThat(ReplyLine.endsReply(211, line)).isEqualTo(ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"211 End", "211", "211 "})
    void refusesAMiddleLineThatWouldEndTheReply(String text) {
        assertThatThrownBy(() -> new ReplyLine(211, Position.MIDDLE, text))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ReplyLine(212, Position.MIDDLE, text).wire()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 1000, 1000})
    void refusesACodeThatIsNone(int code) {
        assertThatThrownBy(() -> new ReplyLine(code, Position.ONLY, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 299, 633, 999})
    void takesEveryCodeThatAServerMaySend(int code) {
        assertThat(new ReplyLine(code, Position.ONLY, "x").wire()).isEqualTo(code + " x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\r\n226 ok", "\u0100"})
    void refusesTextThatWouldEndTheLine(String text) {
        for (Position position : Position.values()) {
            assertThatThrownBy(() -> new ReplyLine(200, position, text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
