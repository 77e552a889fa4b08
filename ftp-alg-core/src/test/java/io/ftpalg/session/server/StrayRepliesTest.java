package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.ReplyLine.Position;
import org.junit.jupiter.api.Test;

/** P19: a reply that nobody asked for is for nobody. */
class StrayRepliesTest {
    private final StrayReplies strays = new StrayReplies();

    private boolean takes(int code, Position position, boolean expected) {
        return strays.takes(new ReplyLine(code, position, "x"), expected);
    }

    private boolean takes(int code) {
        return takes(code, Position.ONLY, true);
    }

    @Test
    void leavesWhatIsExpected() {
        assertThat(takes(200)).isFalse();
    }

    @Test
    void takesEachLineOfAReplyThatNobodyAskedFor() {
        assertThat(takes(227, Position.FIRST, false)).isTrue();
        assertThat(takes(227, Position.MIDDLE, true)).isTrue();
        assertThat(takes(227, Position.LAST, true)).isTrue();
        assertThat(takes(200)).isFalse();
    }

    @Test
    void takesWhatIsOwedForATransferBeforeTheNextAnswer() {
        strays.owe(2);

        assertThat(takes(426)).isTrue();
        assertThat(takes(226)).isTrue();
        assertThat(takes(226)).isFalse();
    }

    @Test
    void takesALateMarkWithoutCountingIt() {
        strays.owe(1);

        assertThat(takes(150)).isTrue();
        assertThat(takes(426)).isTrue();
        assertThat(takes(200)).isFalse();
    }

    @Test
    void owesNoMoreOnceALaterCommandIsAnswered() {
        strays.owe(2);

        assertThat(takes(227)).isFalse();
        assertThat(takes(226)).isFalse();
    }

    @Test
    void takesTheRestOfAReplyWhoseCommandIsOver() {
        assertThat(takes(226, Position.FIRST, true)).isFalse();
        strays.owe(1);
        strays.dropRest();

        assertThat(takes(226, Position.LAST, true)).isTrue();
        assertThat(takes(226)).isFalse();
    }

    @Test
    void startsAnewWithAnotherServer() {
        strays.owe(2);

        strays.reset();

        assertThat(takes(226)).isFalse();
    }

    @Test
    void takesATransferThatIsAnnouncedLate() {
        strays.expectLateMark();

        assertThat(takes(150)).isTrue();
        assertThat(takes(552)).isTrue();
        assertThat(takes(250)).isFalse();
    }

    @Test
    void expectsNoLateMarkBehindAnotherReply() {
        strays.expectLateMark();

        assertThat(takes(250)).isFalse();
        assertThat(takes(150)).isFalse();
    }

    @Test
    void leavesTheMarkOfTheNextTransfer() {
        strays.expectLateMark();
        strays.expectMark();

        assertThat(takes(150)).isFalse();
        assertThat(takes(226)).isFalse();
    }

    /** Behind a late mark the next final reply is no other command's. */
    @Test
    void takesTheFinalReplyBehindALateMarkWhateverItIs() {
        strays.expectLateMark();
        assertThat(takes(110)).isTrue();
        assertThat(takes(150)).isTrue();
        strays.expectMark();

        assertThat(takes(299)).isTrue();
        assertThat(takes(299)).isFalse();
    }

    @Test
    void isDoubtfulOnlyOfWhatSeemsToBeOwed() {
        strays.owe(1);
        assertThat(takes(226, Position.ONLY, true)).isTrue();
        assertThat(strays.isDoubtful()).isTrue();

        assertThat(takes(226, Position.ONLY, false)).isTrue();
        assertThat(strays.isDoubtful()).isFalse();

        strays.expectLateMark();
        assertThat(takes(150)).isTrue();
        assertThat(strays.isDoubtful()).isFalse();
    }

    @Test
    void takesNothingOnceSettled() {
        strays.owe(2);
        strays.settle();

        assertThat(takes(226)).isFalse();
    }
}
