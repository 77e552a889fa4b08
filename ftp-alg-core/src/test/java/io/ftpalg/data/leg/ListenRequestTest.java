package io.ftpalg.data.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.DataFixture;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.policy.DataPeers;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ListenRequestTest {

    @Test
    void admitsAnySourcePortUnlessOneIsAskedFor() {
        assertThat(ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 1)
                        .admittedPort())
                .isEmpty();
    }

    @Test
    void admitsTheHostsAndThePortThatAreAskedFor() {
        ListenRequest any = ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 1);
        ListenRequest network = any.withPeers(DataPeers.NETWORK);
        ListenRequest port = new ListenRequest(
                DataFixture.LOCALHOST,
                DataFixture.ANY,
                DataFixture.LOCALHOST,
                DataPeers.NETWORK,
                1,
                OptionalInt.of(20),
                PacketMarks.NONE);
        InetSocketAddress neighbour = new InetSocketAddress(DataFixture.address("127.0.0.9"), 30_000);

        assertThat(any.admits(new InetSocketAddress(DataFixture.LOCALHOST, 30_000)))
                .isTrue();
        assertThat(any.admits(neighbour)).isFalse();
        assertThat(network.admits(neighbour)).isTrue();
        assertThat(network.withMarks(PacketMarks.NONE).admits(neighbour)).isTrue();
        assertThat(network.admits(new InetSocketAddress(DataFixture.address("127.0.1.1"), 30_000)))
                .isFalse();
        assertThat(port.admits(neighbour)).isFalse();
        assertThat(port.admits(new InetSocketAddress(neighbour.getAddress(), 20)))
                .isTrue();
    }

    @Test
    void refusesToTurnNobodyAway() {
        assertThatThrownBy(() -> ListenRequest.of(DataFixture.LOCALHOST, DataFixture.ANY, DataFixture.LOCALHOST, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
