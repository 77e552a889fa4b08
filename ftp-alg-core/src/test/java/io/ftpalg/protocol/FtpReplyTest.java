package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.ReplyLine.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FtpReplyTest {

    @Test
    void ofOneLineIsThatLine() {
        FtpReply reply = FtpReply.of(200, "ok");

        assertThat(reply.split()).containsExactly(new ReplyLine(200, Position.ONLY, "ok"));
        assertThat(reply.text()).isEqualTo("ok");
    }

    @Test
    void ofSeveralLinesSplitsIntoFirstMiddleAndLast() {
        FtpReply reply = new FtpReply(211, List.of("Features:", " UTF8", "226 not the end", "End"));

        assertThat(reply.split())
                .extracting(ReplyLine::wire)
                .containsExactly("211-Features:", " UTF8", "226 not the end", "211 End");
        assertThat(reply.split())
                .extracting(ReplyLine::position)
                .containsExactly(Position.FIRST, Position.MIDDLE, Position.MIDDLE, Position.LAST);
        assertThat(reply.text()).isEqualTo("End");
    }

    @Test
    void ofTwoLinesHasNoMiddle() {
        assertThat(new FtpReply(211, List.of("a", "b")).split())
                .extracting(ReplyLine::position)
                .containsExactly(Position.FIRST, Position.LAST);
    }

    @Test
    void refusesWhatCouldNotBeSentAsOneReply() {
        assertThatThrownBy(() -> new FtpReply(200, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FtpReply.of(99, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FtpReply.of(1000, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FtpReply.of(200, "a\r\n226 b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FtpReply(211, List.of("a", "211 b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotChangedByChangingTheListThatItWasMadeOf() {
        List<String> lines = new ArrayList<>(List.of("a"));
        FtpReply reply = new FtpReply(200, lines);

        lines.add("b");

        assertThat(reply.lines()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "150, true, false, false, false", "226, false, true, false, false", "331, false, false, true, false",
        "425, false, false, false, true", "550, false, false, false, true", "633, false, false, false, false",
        "100, true, false, false, false", "599, false, false, false, true"
    })
    void isJudgedByItsFirstDigit(
            int code, boolean preliminary, boolean positive, boolean intermediate, boolean negative) {
        FtpReply reply = FtpReply.of(code, "");

        assertThat(List.of(reply.isPreliminary(), reply.isPositive(), reply.isIntermediate(), reply.isNegative()))
                .containsExactly(preliminary, positive, intermediate, negative);
    }
}
