package io.ftpalg.control.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import org.junit.jupiter.api.Test;

/** A reply whose first byte came before a command was sent does not answer it. */
class ReplyOrderTest {
    private final ReplyOrder order = new ReplyOrder();

    private boolean isEarly(Position position) {
        return order.isEarly(new ReplyLine(227, position, "x"));
    }

    @Test
    void aReplyToACommandThatWasSentIsNotEarly() {
        order.written();
        order.sent(false);

        assertThat(isEarly(Position.ONLY)).isFalse();
    }

    @Test
    void aReplyThatIsReadWhileACommandWaitsIsEarly() {
        order.written();

        assertThat(order.isWaiting()).isTrue();
        assertThat(isEarly(Position.ONLY)).isTrue();
        assertThat(isEarly(Position.ONLY)).isTrue();

        order.sent(false);

        assertThat(order.isWaiting()).isFalse();
        assertThat(isEarly(Position.ONLY)).isFalse();
    }

    /** Its last line may be read long after. */
    @Test
    void aReplyIsEarlyFromItsFirstLineToItsLast() {
        order.written();
        assertThat(isEarly(Position.FIRST)).isTrue();
        order.sent(false);

        assertThat(isEarly(Position.MIDDLE)).isTrue();
        assertThat(isEarly(Position.LAST)).isTrue();
        assertThat(isEarly(Position.ONLY)).isFalse();
    }

    @Test
    void aReplyThatBeganBeforeIsNotEarlyInItsMiddle() {
        assertThat(isEarly(Position.FIRST)).isFalse();
        order.written();

        assertThat(isEarly(Position.LAST)).isFalse();
    }

    /** "227 Ent" was read, then the command was sent, then the rest was read. */
    @Test
    void aLineThatBeganBeforeIsEarlyThoughItEndsAfter() {
        order.written();
        order.sent(true);

        assertThat(isEarly(Position.ONLY)).isTrue();
        assertThat(isEarly(Position.ONLY)).isFalse();
    }

    @Test
    void aLineThatIsNoReplyIsNotTheNextReply() {
        order.written();
        order.sent(true);
        order.lineEnded();

        assertThat(isEarly(Position.ONLY)).isFalse();
    }

    /** Only what is written decides: a flush for another reason, in mid-line, is no command. */
    @Test
    void nothingIsEarlyWhereNothingWasWritten() {
        order.sent(true);

        assertThat(isEarly(Position.ONLY)).isFalse();
    }
}
