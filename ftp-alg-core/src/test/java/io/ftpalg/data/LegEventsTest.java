package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.DataFailure;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LegEventsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(Bed.LOCALHOST, 20);

    @Test
    void tellsInALaterTurnAndInOrder() {
        try (Bed bed = new Bed(Kind.NIO)) {
            Ears ears = new Ears();

            boolean inside = bed.call(() -> {
                LegEvents events = new LegEvents(bed.loop, ears);
                events.listening(ADDRESS);
                events.stranger(ADDRESS);
                events.connected(ADDRESS, ADDRESS);
                return !ears.heard.isEmpty();
            });

            assertThat(inside).isFalse();
            ears.connected();
            assertThat(ears.heard).containsExactly("listening", "stranger", "connected");
        }
    }

    @Test
    void tellsNothingThatIsOnItsWayOnceSilenced() {
        try (Bed bed = new Bed(Kind.NIO)) {
            Ears ears = new Ears();

            bed.run(() -> {
                LegEvents events = new LegEvents(bed.loop, ears);
                events.failed(DataFailure.NOT_ACCEPTED, "nobody");
                events.silence();
            });

            bed.run(() -> { });
            assertThat(ears.heard).isEmpty();
        }
    }
}
