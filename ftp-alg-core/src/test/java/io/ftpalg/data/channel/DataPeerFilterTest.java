package io.ftpalg.data.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.LegEvents;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.policy.DataFailure;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DataPeerFilterTest {

    @Test
    void pausesAWhileWhenThereAreNoDescriptors() {
        ListenRequest request = ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 1);
        EmbeddedChannel listener = new EmbeddedChannel();
        listener.pipeline()
                .addLast(new DataPeerFilter(
                        request, new ChannelLeg(new LegEvents(listener.eventLoop(), new RecordingListener()))));
        listener.freezeTime();

        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));

        assertThat(listener.config().isAutoRead()).isFalse();
        listener.advanceTimeBy(1, TimeUnit.SECONDS);
        listener.runScheduledPendingTasks();
        assertThat(listener.config().isAutoRead()).isTrue();
    }

    @Test
    void countsStrangersUpToTheLast() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            RecordingListener legListener = new RecordingListener();
            assertThat(fixture.listen(DataFixture.address("127.0.0.2"), OptionalInt.empty(), legListener))
                    .isNotNull();
            for (int i = 0; i < 3; i++) {
                try (Socket unexpected = new Socket()) {
                    unexpected.connect(legListener.listening());
                    assertThat(isCut(unexpected)).isTrue();
                }
            }

            assertThat(legListener.failed()).isEqualTo(DataFailure.UNEXPECTED_PEERS);
            assertThat(legListener.heard)
                    .containsExactly("listening", "unexpected", "unexpected", "unexpected", "failed");
        }
    }

    @Test
    void letsThePeerInBehindTheStrangers() throws IOException {
        try (DataFixture fixture = new DataFixture(Kind.NIO)) {
            RecordingListener legListener = new RecordingListener();
            DataLeg leg = fixture.listen(DataFixture.LOCALHOST, OptionalInt.empty(), legListener);
            try (Socket unexpected = new Socket();
                    Socket peer = new Socket()) {
                unexpected.bind(new InetSocketAddress(DataFixture.address("127.0.0.2"), 0));
                unexpected.connect(legListener.listening());
                assertThat(isCut(unexpected)).isTrue();

                peer.connect(legListener.listening());

                assertThat(legListener.connected()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(legListener.unexpectedPeers)
                        .containsExactly((InetSocketAddress) unexpected.getLocalSocketAddress());
                fixture.run(leg::abort);
            }
        }
    }

    private static boolean isCut(Socket unexpected) {
        try {
            unexpected.setSoTimeout(8_000);
            return unexpected.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
