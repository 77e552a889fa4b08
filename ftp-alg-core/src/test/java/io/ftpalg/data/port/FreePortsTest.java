package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.ClosedPorts;
import io.ftpalg.data.DataFixture;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void dealsSomePortsOfALargeRange() {
        PortRange range = new PortRange(1_000, 60_000);

        List<InetSocketAddress> dealt = deal(range);

        assertThat(dealt)
                .hasSize(FreePorts.CANDIDATES)
                .doesNotHaveDuplicates()
                .isNotEqualTo(deal(range))
                .allMatch(local -> local.getAddress().equals(DataFixture.LOCALHOST) && range.contains(local.getPort()));
    }

    @Test
    void dealsAllPortsOfASmallRange() {
        assertThat(deal(new PortRange(65_534, 65_535)))
                .extracting(InetSocketAddress::getPort)
                .containsExactlyInAnyOrder(65_534, 65_535);
    }

    @Test
    void knowsATakenPortOfABareSocket() throws IOException {
        assumeTrue(Epoll.isAvailable());
        try (ServerSocket server = new ServerSocket(0, 5, DataFixture.LOCALHOST)) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            InetSocketAddress nobody = ClosedPorts.address();
            LinuxSocket first = bare(nobody);
            LinuxSocket second = bare(nobody);
            LinuxSocket third = LinuxSocket.newSocketStream(false);
            first.connect(address);

            assertThat(FreePorts.isTaken(catchThrowable(() -> second.connect(address))))
                    .as("towards this peer")
                    .isTrue();
            assertThat(FreePorts.isTaken(catchThrowable(() -> third.bind(address))))
                    .as("by a listener")
                    .isTrue();
            first.close();
            second.close();
            third.close();
        }
    }

    @Test
    void knowsATakenPortOfTheJdk() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, DataFixture.LOCALHOST);
                SocketChannel first = SocketChannel.open();
                SocketChannel second = SocketChannel.open();
                SocketChannel third = SocketChannel.open()) {
            InetSocketAddress nobody = ClosedPorts.address();
            first.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(nobody);
            second.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(nobody);
            assertThat(first.connect(server.getLocalSocketAddress())).isTrue();

            assertThat(FreePorts.isTaken(catchThrowable(() -> second.connect(server.getLocalSocketAddress()))))
                    .isTrue();
            assertThat(FreePorts.isTaken(catchThrowable(() -> third.bind(server.getLocalSocketAddress()))))
                    .isTrue();
        }
    }

    @Test
    void doesNotTakeARefusalForATakenPort() throws IOException {
        InetSocketAddress nobody = ClosedPorts.address();
        try (SocketChannel socket = SocketChannel.open()) {
            assertThat(FreePorts.isTaken(catchThrowable(() -> socket.connect(nobody))))
                    .isFalse();
        }
        assertThat(FreePorts.isTaken(new ConnectException("connect(..) failed with error(-111): Connection refused")))
                .isFalse();
        assertThat(FreePorts.isTaken(new IOException("error(-98) said a peer"))).isFalse();
        assertThat(FreePorts.isTaken(null)).isFalse();
    }

    private static LinuxSocket bare(InetSocketAddress local) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocketStream(false);
        socket.setReuseAddress(true);
        socket.bind(local);
        return socket;
    }

    /** Linux connects from even ports. */
    @Test
    void dealsOddPortsToShareAndThenAny() {
        List<InetSocketAddress> dealt = new ArrayList<>();
        FreePorts.anyPort(DataFixture.LOCALHOST).forEachRemaining(dealt::add);

        assertThat(dealt).hasSize(17);
        assertThat(dealt.subList(0, 16)).allMatch(end -> end.getPort() % 2 == 1);
        assertThat(dealt.get(16).getPort()).isZero();
    }

    private static List<InetSocketAddress> deal(PortRange range) {
        List<InetSocketAddress> dealt = new ArrayList<>();
        FreePorts.candidates(DataFixture.LOCALHOST, range).forEachRemaining(dealt::add);
        return dealt;
    }
}
