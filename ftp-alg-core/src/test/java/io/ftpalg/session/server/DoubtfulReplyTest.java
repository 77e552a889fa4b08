package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import io.ftpalg.session.Playbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtfulReplyTest {
    private final Playbook play = Playbook.loggedIn();
    private final List<String> answers = new ArrayList<>();
    private final DoubtfulReply doubtful =
            new DoubtfulReply(play.context().timers(), Duration.ofSeconds(5), line -> answers.add(line.wire()));

    private void add(Position position, String text) {
        doubtful.add(new ReplyLine(226, position, text));
    }

    private void elapse(int millis) {
        play.log().elapse(Duration.ofMillis(millis));
    }

    @Test
    void isAnAnswerWhereNoOtherReplyFollows() {
        add(Position.FIRST, "a");
        elapse(9_000);
        add(Position.LAST, "b");
        elapse(4_999);
        assertThat(answers).isEmpty();

        elapse(1);

        assertThat(answers).containsExactly("226-a", "226 b");
    }

    @Test
    void isNoneWhereAnotherFollows() {
        add(Position.ONLY, "a");
        elapse(4_999);
        add(Position.ONLY, "b");
        elapse(4_999);
        assertThat(answers).isEmpty();

        elapse(1);

        assertThat(answers).containsExactly("226 b");
    }

    @Test
    void isNoneOnceTheCommandIsAnswered() {
        add(Position.ONLY, "a");
        doubtful.drop();
        elapse(5_000);

        assertThat(answers).isEmpty();
    }

    /** Its beginning was dropped as something else. */
    @Test
    void isNothingWithoutItsBeginning() {
        add(Position.LAST, "a");
        elapse(5_000);

        assertThat(answers).isEmpty();
    }
}
