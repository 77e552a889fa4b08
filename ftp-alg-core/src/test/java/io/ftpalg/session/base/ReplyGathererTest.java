package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyGathererTest {
    private final ReplyGatherer gatherer = new ReplyGatherer();

    private FtpReply reply(int middles, String text) {
        assertThat(gatherer.add(new ReplyLine(211, Position.FIRST, "first"))).isEmpty();
        for (int i = 0; i < middles; i++) {
            assertThat(gatherer.add(new ReplyLine(211, Position.MIDDLE, text))).isEmpty();
        }
        return gatherer.add(new ReplyLine(211, Position.LAST, "last")).orElseThrow();
    }

    @Test
    void takesAReplyOfOneLine() {
        assertThat(gatherer.add(new ReplyLine(200, Position.ONLY, "ok"))).contains(FtpReply.of(200, "ok"));
    }

    @Test
    void joinsTheLinesOfOneReplyAndStartsAnew() {
        assertThat(reply(1, "227 not the end"))
                .isEqualTo(new FtpReply(211, List.of("first", "227 not the end", "last")));
        assertThat(reply(0, "")).isEqualTo(new FtpReply(211, List.of("first", "last")));
    }

    @ParameterizedTest
    @CsvSource({"997, 999", "998, 1000", "999, 1000", "5000, 1000"})
    void keepsAThousandLinesAndAlwaysTheLast(int middles, int kept) {
        FtpReply reply = reply(middles, "x");

        assertThat(reply.lines()).hasSize(kept);
        assertThat(reply.text()).isEqualTo("last");
    }

    @Test
    void keeps64KiBAndAlwaysTheLast() {
        FtpReply reply = reply(10, "x".repeat(16 << 10));

        assertThat(reply.lines()).hasSize(2 + 3);
        assertThat(reply.text()).isEqualTo("last");
    }
}
