package io.ftpalg.data;

import static org.assertj.core.api.Assertions.assertThat;

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
class AdmissionHandlerTest {

    @Test
    void pausesAWhileWhenThereAreNoDescriptors() {
        ListenRequest request = ListenRequest.of(Bed.LOCALHOST, Bed.ANY, Bed.LOCALHOST, 1);
        EmbeddedChannel listener = new EmbeddedChannel();
        listener.pipeline().addLast(new AdmissionHandler(request,
                new ChannelLeg(new LegEvents(listener.eventLoop(), new Ears()))));
        listener.freezeTime();

        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));

        assertThat(listener.config().isAutoRead()).isFalse();
        listener.advanceTimeBy(1, TimeUnit.SECONDS);
        listener.runScheduledPendingTasks();
        assertThat(listener.config().isAutoRead()).isTrue();
    }

    @Test
    void countsStrangersUpToTheLast() throws IOException {
        try (Bed bed = new Bed(Kind.NIO)) {
            Ears ears = new Ears();
            assertThat(bed.listen(Bed.address("127.0.0.2"), OptionalInt.empty(), ears)).isNotNull();
            for (int i = 0; i < 3; i++) {
                try (Socket stranger = new Socket()) {
                    stranger.connect(ears.listening());
                    assertThat(isCut(stranger)).isTrue();
                }
            }

            assertThat(ears.failed()).isEqualTo(DataFailure.UNEXPECTED_PEERS);
            assertThat(ears.heard).containsExactly("listening", "stranger", "stranger", "stranger", "failed");
        }
    }

    @Test
    void letsThePeerInBehindTheStrangers() throws IOException {
        try (Bed bed = new Bed(Kind.NIO)) {
            Ears ears = new Ears();
            DataLeg leg = bed.listen(Bed.LOCALHOST, OptionalInt.empty(), ears);
            try (Socket stranger = new Socket(); Socket peer = new Socket()) {
                stranger.bind(new InetSocketAddress(Bed.address("127.0.0.2"), 0));
                stranger.connect(ears.listening());
                assertThat(isCut(stranger)).isTrue();

                peer.connect(ears.listening());

                assertThat(ears.connected()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(ears.strangers).containsExactly((InetSocketAddress) stranger.getLocalSocketAddress());
                bed.run(leg::abort);
            }
        }
    }

    private static boolean isCut(Socket stranger) {
        try {
            stranger.setSoTimeout(8_000);
            return stranger.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
