package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UrgentNioServerSocketChannelTest {

    @Test
    void acceptsChannelsThatTakeUrgentData() throws IOException {
        try (House house = new House(Transport.NIO); Peer client = house.client()) {
            await().atMost(House.PATIENCE).until(() -> house.accepted.size() == 1);

            assertThat(house.accepted.get(0)).isInstanceOf(UrgentNioSocketChannel.class);
            assertThat(house.accepted.get(0).remoteAddress()).isEqualTo(client.socket.getLocalSocketAddress());
        }
    }
}
