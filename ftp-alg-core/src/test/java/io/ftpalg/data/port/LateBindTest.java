package io.ftpalg.data.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ftpalg.data.DataChannels;
import io.ftpalg.data.DataFixture;
import io.ftpalg.data.Kind;
import io.ftpalg.data.RecordingListener;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.DialRequest;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Local ports, where only the local address matters. */
@Timeout(20)
class LateBindTest {
    /** Since Linux 6.3: the ports that the system picks for this socket, the first in the low and the last in the high half. */
    private static final IntegerUnixChannelOption IP_LOCAL_PORT_RANGE =
            new IntegerUnixChannelOption("IP_LOCAL_PORT_RANGE", 0, 51);

    private static final int FIRST = 60_000;
    private static final int LAST = 60_001;
    private static final int PEERS = 8;

    @Test
    void leavesANamedPortAlone() {
        SocketChannel socket = Kind.NIO.transport().sockets().newChannel();

        assertThat(LateBind.prepare(socket, new InetSocketAddress(DataFixture.LOCALHOST, 20)))
                .isFalse();
        assertThat(LateBind.prepare(socket, new InetSocketAddress(DataFixture.LOCALHOST, 0)))
                .as("not known to NIO")
                .isFalse();

        socket.unsafe().closeForcibly();
    }

    /** Two ports are enough for eight peers: as many as the system has are enough for 28,000 transfers a minute and more. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"EPOLL", "IO_URING"})
    void sharesLocalPortsBetweenPeers(Kind kind) throws IOException {
        assumeTrue(Kind.available().contains(kind) && hasRanges(kind), "IP_LOCAL_PORT_RANGE");
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, kind.handlers());
        EventLoop loop = group.next();
        DataTransport transport =
                new DataTransport(() -> narrow(kind), kind.transport().listeners());
        DataChannels channels = new DataChannels(loop, transport, false, 1 << 20);
        List<DataLeg> legs = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            try (ServerSocket peer = new ServerSocket(0, 1, DataFixture.LOCALHOST)) {
                RecordingListener legListener = new RecordingListener();
                DialRequest request = new DialRequest(
                        (InetSocketAddress) peer.getLocalSocketAddress(),
                        Optional.of(new InetSocketAddress(DataFixture.LOCALHOST, 0)),
                        DataFixture.SECONDS);
                loop.submit(() -> legs.add(channels.dial(request, legListener))).syncUninterruptibly();
                Socket accepted = peer.accept();
                assertThat(accepted.getPort()).isBetween(FIRST, LAST);
                legListener.connected();
            }
        }

        assertThat(legs).hasSize(PEERS);
        loop.submit(() -> legs.forEach(DataLeg::abort)).syncUninterruptibly();
        group.shutdownGracefully(0, 8, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static SocketChannel narrow(Kind kind) {
        SocketChannel socket = kind.transport().sockets().newChannel();
        socket.config().setOption(IP_LOCAL_PORT_RANGE, FIRST | LAST << 16);
        return socket;
    }

    private static boolean hasRanges(Kind kind) {
        SocketChannel socket = kind.transport().sockets().newChannel();
        try {
            return socket.config().setOption(IP_LOCAL_PORT_RANGE, FIRST | LAST << 16);
        } catch (RuntimeException e) {
            return false;
        } finally {
            socket.unsafe().closeForcibly();
        }
    }
}
