package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.policy.DataFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states of a leg; that sockets and channels follow them is shown by RawLegTest and ChannelLegTest. */
class OwnedLegTest {
    private final DataFixture fixture = new DataFixture(Kind.NIO);
    private final List<String> ends = new ArrayList<>();
    private final OwnedLeg<String> leg = new OwnedLeg<>(new LegEvents(fixture.loop, new RecordingListener())) {
        @Override
        public void watch() {}

        @Override
        protected void end(String last, boolean inOrder) {
            ends.add(last + (inOrder ? " in order" : " cut"));
        }
    };

    @AfterEach
    void closeBed() {
        fixture.close();
    }

    @Test
    void endsTheSocketInHandOnce() {
        leg.opens("listener");

        leg.close();
        leg.abort();

        assertThat(ends).containsExactly("listener in order");
        assertThat(leg.opening()).isFalse();
    }

    @Test
    void cutsTheSocketOfALegThatFailed() {
        leg.opens("dialling");

        leg.failed(DataFailure.NOT_ACCEPTED, "refused");

        assertThat(ends).containsExactly("dialling cut");
    }

    @Test
    void leavesAConnectionAloneThatWasHandedOver() {
        leg.isConnected("connection");

        assertThat(leg.release()).isEqualTo("connection");
        leg.abort();

        assertThat(ends).isEmpty();
    }

    @Test
    void handsNothingOverThatIsNotConnected() {
        leg.opens("listener");

        assertThatThrownBy(leg::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OPENING");
    }
}
