package io.ftpalg.control.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.control.Peer;
import io.ftpalg.control.TestNetwork;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UrgentNioServerSocketChannelTest {

    @Test
    void acceptsChannelsThatTakeUrgentData() throws IOException {
        try (TestNetwork network = new TestNetwork(Transport.NIO);
                Peer client = network.client()) {
            await().atMost(TestNetwork.PATIENCE).until(() -> network.accepted.size() == 1);

            assertThat(network.accepted.get(0)).isInstanceOf(UrgentNioSocketChannel.class);
            assertThat(network.accepted.get(0).remoteAddress()).isEqualTo(client.socket.getLocalSocketAddress());
        }
    }
}
