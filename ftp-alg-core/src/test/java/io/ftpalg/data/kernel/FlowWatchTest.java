package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.kernel.FlowRecorder.Connected;
import io.ftpalg.data.kernel.FlowRecorder.Ready;
import io.ftpalg.data.kernel.FlowRecorder.Unavailable;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finds connections of which not all packets were logged: here none is, but those that the test hands on. */
@Timeout(60)
class FlowWatchTest {
    private static final int OWN_PORT = 41000;
    private static final int OTHER_PORT = 1;

    private final DefaultEventLoop session = new DefaultEventLoop();
    private final FlowRecorder recorder = new FlowRecorder();
    private RoutedNetwork network;
    private KernelPlane plane;
    private KernelFlow flow;
    private ServerSocket target;
    private Socket peer;
    private Socket accepted;

    @BeforeEach
    void connectUnseen() throws Exception {
        network = RoutedNetwork.create();
        KernelSettings settings = new KernelSettings("test", List.of(new PortRange(41000, 41000)), 21, 10);
        plane = network.gateway().call(() -> KernelPlane.start(settings, Namespace.opener()));
        onLoop(() -> plane.kernel().log().close());
        target = network.server().call(() -> new ServerSocket(2345, 1, RoutedNetwork.address(false, 2, 2)));
        flow = plane.offload(session, request(), recorder);
        recorder.next(Ready.class);
        peer = network.client().call(() -> new Socket(RoutedNetwork.address(false, 1, 1), OWN_PORT));
        accepted = target.accept();
    }

    @AfterEach
    void part() throws Exception {
        if (network != null) {
            plane.close();
            peer.close();
            accepted.close();
            target.close();
            network.close();
        }
        session.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void findsItByAPacketOfTheTarget() throws Exception {
        hand(packet(address(accepted), address(peer), 5000, 1001, NftRule.SYN | NftRule.ACK));

        assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
    }

    @Test
    void findsItByAPacketOfThePeer() throws Exception {
        hand(packet(address(peer), address(accepted), 1000, 0, NftRule.FIN));

        assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
    }

    @Test
    void looksForItInConntrackWhereAPacketIsOfAnother() throws Exception {
        InetSocketAddress other = new InetSocketAddress(peer.getLocalAddress(), OTHER_PORT);

        hand(packet(other, address(accepted), 1000, 0, NftRule.FIN));

        assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
    }

    @Test
    void findsItsEndInConntrackAfterAnOverflow() throws Exception {
        peer.close();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        accepted.close();

        plane.loop().execute(plane.watch()::onOverflow);
        plane.loop().execute(plane.watch()::onOverflow);

        recorder.next(Connected.class);
        assertThat(recorder.next(FlowEnd.class).how()).isEqualTo(How.COMPLETE);
    }

    @Test
    void ignoresPacketsOfOthers() throws Exception {
        InetSocketAddress other = new InetSocketAddress("10.77.1.9", 2345);

        hand(packet(other, other, 1000, 0, NftRule.FIN));
        hand(new LoggedPacket(false, other, other, 1, 0, NftRule.SYN, 20, 0, false, 0));

        assertThat(recorder.isEmpty()).isTrue();
        assertThat(plane.flows()).isEqualTo(1);
    }

    @Test
    void reportsALostConnectionOnce() throws Exception {
        hand(packet(address(accepted), address(peer), 5000, 1001, NftRule.SYN | NftRule.ACK));
        recorder.next(Connected.class);
        network.gateway().run("conntrack -F 2>&1");

        plane.loop().execute(plane.watch()::onOverflow);

        assertThat(recorder.next(FlowEnd.class).how()).isEqualTo(How.LOST);
        flow.cut();
        flow.poll(never -> {});
        assertThat(plane.flows()).isZero();
    }

    @Test
    void closesThePlaneWhereTheLogCannotBeRead() throws Exception {
        plane.loop().execute(() -> plane.watch().onFailure(new IOException("no more")));

        assertThat(plane.terminated().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(plane.usable()).isFalse();
        assertThat(network.gateway().run("nft list tables")).isEmpty();
    }

    @Test
    void doesWithoutAKernelThatNoLongerAnswers() throws Exception {
        hand(packet(address(accepted), address(peer), 5000, 1001, NftRule.SYN | NftRule.ACK));
        recorder.next(Connected.class);
        onLoop(() -> plane.kernel().close());

        plane.offload(session, request(), recorder);
        assertThat(recorder.next(Unavailable.class).reason()).isNotEmpty();
        flow.cut();

        assertThat(recorder.next(FlowEnd.class).how()).isEqualTo(How.CUT);
        assertThatThrownBy(() -> plane.kernel().conntrack().probe()).isInstanceOf(IOException.class);
        assertThat(plane.kernel().forwardChains()).isEmpty();
    }

    private static FlowRequest request() throws IOException {
        return new FlowRequest(
                RoutedNetwork.address(false, 1, 2),
                new InetSocketAddress(RoutedNetwork.address(false, 1, 1), OWN_PORT),
                new InetSocketAddress(RoutedNetwork.address(false, 2, 2), 2345),
                Optional.of(new InetSocketAddress(RoutedNetwork.address(false, 2, 1), 0)));
    }

    private static InetSocketAddress address(Socket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static LoggedPacket packet(
            InetSocketAddress from, InetSocketAddress to, long sequence, long acknowledged, int flags) {
        return new LoggedPacket(true, from, to, sequence, acknowledged, flags, 20, 12, true, 0);
    }

    private void hand(LoggedPacket packet) {
        onLoop(() -> plane.watch().onPacket(packet));
    }

    private void onLoop(Runnable task) {
        plane.loop().submit(task).syncUninterruptibly();
    }
}
