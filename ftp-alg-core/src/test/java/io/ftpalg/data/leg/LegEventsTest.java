package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.policy.DataFailure;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LegEventsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(DataFixture.LOCALHOST, 20);

    @Test
    void tellsInALaterTurnAndInOrder() {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            RecordingListener legListener = new RecordingListener();

            boolean inside = fixture.call(() -> {
                LegEvents events = new LegEvents(fixture.loop, legListener);
                events.listening(ADDRESS);
                events.unexpectedPeer(ADDRESS);
                events.connected(ADDRESS, ADDRESS);
                return !legListener.heard.isEmpty();
            });

            assertThat(inside).isFalse();
            legListener.connected();
            assertThat(legListener.heard).containsExactly("listening", "unexpected", "connected");
        }
    }

    @Test
    void tellsNothingThatIsOnItsWayOnceSilenced() {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            RecordingListener legListener = new RecordingListener();

            fixture.run(() -> {
                LegEvents events = new LegEvents(fixture.loop, legListener);
                events.failed(DataFailure.NOT_ACCEPTED, "nobody");
                events.silence();
            });

            fixture.run(() -> {});
            assertThat(legListener.heard).isEmpty();
        }
    }
}
