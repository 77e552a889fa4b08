package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.kernel.FlowRecorder.Connected;
import io.ftpalg.data.kernel.FlowRecorder.Ready;
import io.ftpalg.data.kernel.FlowRecorder.Unavailable;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plane with real connections, between network namespaces. */
@Timeout(60)
class KernelPlaneTest {
    private static final KernelSettings SETTINGS =
            new KernelSettings("test", List.of(new PortRange(41000, 41999)), 21, 1000);
    private static final int OWN_PORT = 41007;
    private static final AtomicInteger TARGET_PORTS = new AtomicInteger(2000);
    private static final int UPLOAD = 300_000;
    private static final int DOWNLOAD = 500_000;

    private static RoutedNetwork network;
    private static DefaultEventLoop session;

    /** One for each test: the target may still have connections of another one in TIME_WAIT, from the same source port. */
    private final int targetPort = TARGET_PORTS.incrementAndGet();

    private KernelPlane plane;
    private final FlowRecorder recorder = new FlowRecorder();

    @BeforeAll
    static void join() throws Exception {
        network = RoutedNetwork.create();
        session = new DefaultEventLoop();
    }

    @AfterAll
    static void part() throws Exception {
        if (network != null) {
            network.close();
            session.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() throws Exception {
        plane = network.gateway().call(() -> KernelPlane.start(SETTINGS, Namespace.opener()));
    }

    @AfterEach
    void end() throws Exception {
        plane.close();
        assertThat(plane.terminated().await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false,0", "false,20", "false,-1", "true,0", "true,20", "true,-1"})
    void carriesAConnectionAndCountsItsBytes(boolean ipv6, int sourcePort) throws Exception {
        Optional<InetSocketAddress> source = sourcePort < 0
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(RoutedNetwork.address(ipv6, 2, 1), sourcePort));
        try (ServerSocket target = listen(network.server(), RoutedNetwork.address(ipv6, 2, 2), targetPort)) {
            plane.offload(session, request(ipv6, source), recorder);
            recorder.next(Ready.class);

            try (Socket peer = connect(ipv6, 2);
                    Socket accepted = target.accept()) {
                assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(accepted.getInetAddress())
                        .isEqualTo(RoutedNetwork.address(ipv6, sourcePort < 0 ? 1 : 2, sourcePort < 0 ? 2 : 1));
                if (sourcePort > 0) {
                    assertThat(accepted.getPort()).isEqualTo(sourcePort);
                }
                accepted.getOutputStream().write(new byte[DOWNLOAD]);
                accepted.shutdownOutput();
                peer.getInputStream().readAllBytes();
            }

            assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, 0, DOWNLOAD, true));
            assertThat(elements()).isEmpty();
            assertThat(plane.flows()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesAnUploadOfAnActiveClient(boolean ipv6) throws Exception {
        FlowRequest fromServer = new FlowRequest(
                RoutedNetwork.address(ipv6, 2, 2),
                new InetSocketAddress(RoutedNetwork.address(ipv6, 2, 1), OWN_PORT),
                new InetSocketAddress(RoutedNetwork.address(ipv6, 1, 2), targetPort),
                Optional.of(new InetSocketAddress(RoutedNetwork.address(ipv6, 1, 1), 20)));
        try (ServerSocket client = listen(network.client(), RoutedNetwork.address(ipv6, 1, 2), targetPort)) {
            plane.offload(session, fromServer, recorder);
            recorder.next(Ready.class);

            try (Socket server = connect(network.server(), fromServer);
                    Socket accepted = client.accept()) {
                accepted.getOutputStream().write(new byte[UPLOAD]);
                accepted.shutdownOutput();
                server.getInputStream().readAllBytes();
                recorder.next(Connected.class);
                assertThat(accepted.getPort()).isEqualTo(20);
            }

            assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, 0, UPLOAD, true));
        }
    }

    @ParameterizedTest
    @CsvSource({"false,0", "false,20", "true,0", "true,20"})
    void carriesAConnectionBackOverTheInterfaceThatItCameBy(boolean ipv6, int sourcePort) throws Exception {
        InetSocketAddress beside = new InetSocketAddress(RoutedNetwork.address(ipv6, 1, 3), targetPort);
        InetAddress gateway = RoutedNetwork.address(ipv6, 1, 1);
        FlowRequest request = new FlowRequest(
                RoutedNetwork.address(ipv6, 1, 2),
                new InetSocketAddress(gateway, OWN_PORT),
                beside,
                Optional.of(new InetSocketAddress(gateway, sourcePort)));
        try (ServerSocket target = listen(network.client(), beside)) {
            plane.offload(session, request, recorder);
            recorder.next(Ready.class);

            try (Socket peer = connect(network.client(), request);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                assertThat(accepted.getInetAddress()).isEqualTo(gateway);
                peer.getOutputStream().write(new byte[UPLOAD]);
                peer.shutdownOutput();
                assertThat(accepted.getInputStream().readAllBytes()).hasSize(UPLOAD);
            }

            assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, UPLOAD, 0, true));
        }
    }

    @Test
    void reportsTheEndWhereTheReceiverDoesNotClose() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);

            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                peer.getOutputStream().write(new byte[UPLOAD]);
                peer.shutdownOutput();
                accepted.getInputStream().readAllBytes();

                assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, UPLOAD, 0, true));
            }
        }
    }

    @Test
    void sendsUnexpectedPeersToTheListener() throws Exception {
        try (ServerSocket target = listenAtTarget();
                ServerSocket own = listen(network.gateway(), request().own())) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);

            try (Socket unexpected = connect(3);
                    Socket accepted = own.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(unexpected.getLocalSocketAddress());
            }
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(accepted.getLocalPort()).isEqualTo(targetPort);
            }
        }
    }

    @Test
    void sendsTheSecondConnectionToTheListener() throws Exception {
        try (ServerSocket target = listenAtTarget();
                ServerSocket own = listen(network.gateway(), request().own())) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);

            try (Socket first = connect(2);
                    Socket atTarget = target.accept();
                    Socket second = connect(2);
                    Socket atGateway = own.accept()) {
                assertThat(recorder.next(Connected.class).peer()).isEqualTo(first.getLocalSocketAddress());
                assertThat(atTarget.isConnected()).isTrue();
                assertThat(atGateway.getRemoteSocketAddress()).isEqualTo(second.getLocalSocketAddress());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void deletesTheElementsOfARequestThatIsRemoved(int sourcePort) throws Exception {
        FlowRequest request = request(false, Optional.of(source(sourcePort)));
        try (ServerSocket own = listen(network.gateway(), request.own())) {
            KernelFlow flow = plane.offload(session, request, recorder);
            recorder.next(Ready.class);
            assertThat(elements()).contains("41007");

            flow.remove();
            flow.remove();

            await().until(() -> plane.flows() == 0);
            assertThat(elements()).isEmpty();
            try (Socket peer = connect(2);
                    Socket accepted = own.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(peer.getLocalSocketAddress());
            }
            assertThat(recorder.isEmpty()).isTrue();
        }
    }

    /** The kernel passes bytes on before the plane has read that anybody connected. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cutsAndCountsAConnectionThatWasFasterThanItsReport(boolean cut) throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            KernelFlow flow = plane.offload(session, request(), recorder);
            recorder.next(Ready.class);
            CountDownLatch busy = new CountDownLatch(1);
            plane.loop().execute(() -> awaitUninterruptibly(busy));
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                peer.getOutputStream().write(new byte[1000]);
                accepted.getInputStream().readNBytes(1000);

                if (cut) {
                    flow.cut();
                } else {
                    flow.remove();
                }
                busy.countDown();

                recorder.next(Connected.class);
                FlowEnd end = recorder.next(FlowEnd.class);
                assertThat(end.how()).isEqualTo(How.CUT);
                assertThat(end.bytesFromPeer()).isBetween(1000L, 1100L);
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> peer.getOutputStream().write(1))
                        .hasMessageMatching("Connection reset.*|Broken pipe.*"));
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void reportsTheEndOfNothingWhereNobodyConnected() throws Exception {
        KernelFlow flow = plane.offload(session, request(), recorder);
        recorder.next(Ready.class);

        flow.cut();

        assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.CUT, 0, 0, true));
        await().until(() -> plane.flows() == 0);
    }

    @Test
    void cutsAConnectionWhichResetsBothSides() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            KernelFlow flow = plane.offload(session, request(), recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                peer.getOutputStream().write(new byte[1000]);
                accepted.getInputStream().readNBytes(1000);

                flow.cut();

                FlowEnd end = recorder.next(FlowEnd.class);
                assertThat(end.how()).isEqualTo(How.CUT);
                assertThat(end.bytesFromPeer()).isBetween(1000L, 1100L);
                assertThat(end.exact()).isFalse();
                for (Socket side : List.of(peer, accepted)) {
                    await().untilAsserted(() -> assertThatThrownBy(
                                    () -> side.getOutputStream().write(1))
                            .hasMessageMatching("Connection reset.*|Broken pipe.*"));
                }
            }
        }
    }

    @Test
    void reportsAResetOfEitherSide() throws Exception {
        for (boolean byTarget : List.of(true, false)) {
            try (ServerSocket target = listenAtTarget()) {
                plane.offload(session, request(), recorder);
                recorder.next(Ready.class);
                try (Socket peer = connect(2);
                        Socket accepted = target.accept()) {
                    recorder.next(Connected.class);
                    peer.getOutputStream().write(new byte[UPLOAD]);
                    accepted.getInputStream().readNBytes(UPLOAD);
                    Socket resets = byTarget ? accepted : peer;
                    resets.setSoLinger(true, 0);
                    resets.close();

                    assertThat(recorder.next(FlowEnd.class))
                            .isEqualTo(
                                    new FlowEnd(byTarget ? How.RESET_BY_TARGET : How.RESET_BY_PEER, UPLOAD, 0, true));
                }
            }
        }
    }

    @Test
    void isCompleteWhereAResetComesBehindTheEnd() throws Exception {
        for (boolean bySender : List.of(true, false)) {
            try (ServerSocket target = listenAtTarget()) {
                plane.offload(session, request(), recorder);
                recorder.next(Ready.class);
                try (Socket peer = connect(2);
                        Socket accepted = target.accept()) {
                    recorder.next(Connected.class);
                    peer.getOutputStream().write(new byte[UPLOAD]);
                    peer.shutdownOutput();
                    assertThat(accepted.getInputStream().readAllBytes()).hasSize(UPLOAD);
                    Socket resets = bySender ? peer : accepted;
                    resets.setSoLinger(true, 0);
                    resets.close();

                    assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, UPLOAD, 0, true));
                }
            }
        }
    }

    @Test
    void isCutWhereTheReceiverEndsAndResetsTheRest() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                accepted.getOutputStream().write(new byte[DOWNLOAD]);
                peer.getInputStream().readNBytes(DOWNLOAD);

                Socket closes = peer;
                closes.close();

                await().untilAsserted(() -> assertThatThrownBy(
                                () -> accepted.getOutputStream().write(new byte[1000]))
                        .isInstanceOf(IOException.class));
                FlowEnd end = recorder.next(FlowEnd.class);
                assertThat(end.how()).isEqualTo(How.RESET_BY_PEER);
                assertThat(end.bytesFromTarget()).isGreaterThanOrEqualTo(DOWNLOAD);
            }
        }
    }

    @Test
    void carriesManyConnectionsAtOnce() throws Exception {
        int many = 200;
        List<FlowRecorder> recorders = new ArrayList<>();
        List<Socket> peers = new ArrayList<>();
        List<Socket> accepted = new ArrayList<>();
        try (ServerSocket target = listenAtTarget()) {
            for (int i = 0; i < many; i++) {
                recorders.add(new FlowRecorder());
                plane.offload(session, request(OWN_PORT + i), recorders.get(i));
                recorders.get(i).next(Ready.class);
            }
            for (int i = 0; i < many; i++) {
                peers.add(connect(network.client(), request(OWN_PORT + i)));
                accepted.add(target.accept());
            }
            for (int i = 0; i < many; i++) {
                assertThat(recorders.get(i).next(Connected.class).peer())
                        .isEqualTo(peers.get(i).getLocalSocketAddress());
                peers.get(i).getOutputStream().write(new byte[i]);
                peers.get(i).close();
                accepted.get(i).getInputStream().readAllBytes();
                accepted.get(i).close();
            }
            for (int i = 0; i < many; i++) {
                assertThat(recorders.get(i).next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, i, 0, true));
            }
            assertThat(plane.flows()).isZero();
            assertThat(elements()).isEmpty();
        }
    }

    @Test
    void reportsATargetThatRefuses() throws Exception {
        plane.offload(session, request(), recorder);
        recorder.next(Ready.class);

        assertThatThrownBy(() -> connect(2)).hasMessageContaining("refused");

        assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.RESET_BY_TARGET, 0, 0, true));
        assertThat(elements()).isEmpty();
    }

    @Test
    void reportsALostConnectionWhenItIsPolled() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            KernelFlow flow = plane.offload(session, request(), recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                CompletableFuture<FlowProgress> progress = new CompletableFuture<>();
                accepted.getOutputStream().write(new byte[DOWNLOAD]);
                peer.getInputStream().readNBytes(DOWNLOAD);
                flow.poll(progress::complete);
                assertThat(progress.get(5, TimeUnit.SECONDS).bytesFromTarget())
                        .isBetween((long) DOWNLOAD, DOWNLOAD + 20_000L);

                network.gateway().run("conntrack -F 2>&1");
                flow.poll(never -> {});

                assertThat(recorder.next(FlowEnd.class).how()).isEqualTo(How.LOST);
            }
        }
    }

    @Test
    void usesTheSameSourcePortAgainAtOnce() throws Exception {
        FlowRequest request = request(false, Optional.of(source(20)));
        try (ServerSocket target = listenAtTarget()) {
            for (int i = 0; i < 3; i++) {
                plane.offload(session, request, recorder);
                recorder.next(Ready.class);
                try (Socket peer = connect(network.client(), request, 50000);
                        Socket accepted = target.accept()) {
                    accepted.getOutputStream().write(1);
                    accepted.shutdownOutput();
                    recorder.next(Connected.class);
                    peer.getInputStream().readAllBytes();
                }
                assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, 0, 1, true));
            }
        }
    }

    @Test
    void leavesARunningConnectionOfTheSameSourcePort() throws Exception {
        FlowRequest request = request(false, Optional.of(source(20)));
        try (ServerSocket target = listenAtTarget()) {
            plane.offload(session, request, recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);

                plane.offload(session, request, recorder);

                assertThat(recorder.next(Unavailable.class).reason())
                        .contains("/10.77.2.1:20 to /10.77.2.2:" + targetPort + " exists");
                peer.getOutputStream().write(7);
                assertThat(accepted.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void refusesASecondRequestOfTheSameKey() throws Exception {
        plane.offload(session, request(), recorder);
        recorder.next(Ready.class);

        plane.offload(session, request(), recorder);

        assertThat(recorder.next(Unavailable.class).reason()).contains("EEXIST");
        assertThat(plane.flows()).isEqualTo(1);
    }

    @Test
    void closingItRemovesTheTableAndCutsItsConnections() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);

                plane.close();

                assertThat(recorder.next(FlowEnd.class).how()).isEqualTo(How.CUT);
                assertThat(plane.terminated().await(5, TimeUnit.SECONDS)).isTrue();
                assertThat(network.gateway().run("nft list tables")).isEmpty();
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> peer.getOutputStream().write(1))
                        .isInstanceOf(IOException.class));
                assertThat(plane.usable()).isFalse();
                plane.offload(session, request(), recorder);
                assertThat(recorder.next(Unavailable.class).reason()).contains("closed");
                assertThat(accepted.getLocalPort()).isEqualTo(targetPort);
            }
        }
    }

    @Test
    void sparesFlushRulesetAndRefusesOthers() throws Exception {
        try (ServerSocket target = listenAtTarget()) {
            plane.offload(session, request(), recorder);
            recorder.next(Ready.class);

            network.gateway().run("nft flush ruleset");

            assertThatThrownBy(() -> network.gateway().run("nft delete table inet ftp_alg_test"))
                    .hasMessageContaining("Operation not permitted");
            try (Socket peer = connect(2);
                    Socket accepted = target.accept()) {
                assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
                assertThat(accepted.getLocalPort()).isEqualTo(targetPort);
            }
        }
    }

    private FlowRequest request() throws IOException {
        return request(false, Optional.of(source(0)));
    }

    private FlowRequest request(int port) throws IOException {
        return new FlowRequest(
                request().peer(),
                new InetSocketAddress(request().own().getAddress(), port),
                request().target(),
                request().source());
    }

    private static InetSocketAddress source(int port) throws IOException {
        return new InetSocketAddress(RoutedNetwork.address(false, 2, 1), port);
    }

    private ServerSocket listenAtTarget() throws Exception {
        return listen(network.server(), RoutedNetwork.address(false, 2, 2), targetPort);
    }

    private static ServerSocket listen(Namespace host, InetSocketAddress address) throws Exception {
        return listen(host, address.getAddress(), address.getPort());
    }

    private static Socket connect(int host) throws Exception {
        return connect(false, host);
    }

    private static Socket connect(Namespace from, FlowRequest request) throws Exception {
        return connect(from, request, 0);
    }

    private static Socket connect(Namespace from, FlowRequest request, int port) throws Exception {
        return from.call(() -> {
            Socket socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(request.peer(), port));
            socket.connect(request.own(), 5000);
            return socket;
        });
    }

    private FlowRequest request(boolean ipv6, Optional<InetSocketAddress> source) throws IOException {
        return new FlowRequest(
                RoutedNetwork.address(ipv6, 1, 2),
                new InetSocketAddress(RoutedNetwork.address(ipv6, 1, 1), OWN_PORT),
                new InetSocketAddress(RoutedNetwork.address(ipv6, 2, 2), targetPort),
                source);
    }

    private static ServerSocket listen(Namespace host, InetAddress address, int port) throws Exception {
        return host.call(() -> {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(address, port));
            return listening;
        });
    }

    private static Socket connect(boolean ipv6, int host) throws Exception {
        return network.client().call(() -> {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(RoutedNetwork.address(ipv6, 1, host), 0));
            socket.connect(new InetSocketAddress(RoutedNetwork.address(ipv6, 1, 1), OWN_PORT), 5000);
            return socket;
        });
    }

    /** What is in the maps of the table. */
    private static String elements() throws IOException {
        return network.gateway().run("nft list table inet ftp_alg_test | grep elements || true");
    }
}
