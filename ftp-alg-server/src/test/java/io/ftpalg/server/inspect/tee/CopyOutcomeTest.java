package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyOutcomeTest {
    @Test
    void hasTheReasonOfWhatIsNotComplete() {
        assertThat(CopyOutcome.COMPLETE.reason()).isEmpty();
        assertThat(CopyOutcome.rejected("virus").reason()).hasValue("virus");
        assertThat(CopyOutcome.failed("full").reason()).hasValue("full");
    }

    @Test
    void hasTheWordsOfTheManifest() {
        assertThat(CopyOutcome.CUT.kind().text()).isEqualTo("cut");
        assertThat(CopyOutcome.COMPLETE.kind().text()).isEqualTo("complete");
    }
}
