package io.ftpalg.data.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ftpalg.data.kernel.FlowEnd.How;
import io.ftpalg.data.kernel.FlowRecorder.Connected;
import io.ftpalg.data.kernel.FlowRecorder.Fallback;
import io.ftpalg.data.kernel.FlowRecorder.Ready;
import io.ftpalg.data.kernel.FlowRecorder.Unavailable;
import io.ftpalg.data.netlink.ConntrackFill;
import io.ftpalg.data.netlink.LoggedPacket;
import io.ftpalg.data.netlink.NftRule;
import io.ftpalg.protocol.PortRange;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the plane does when the host or the kernel is in the way. */
@Timeout(60)
class KernelPlaneFaultsTest {
    private static final int OWN_PORT = 41007;
    private static final int TARGET_PORT = 2345;
    private static final int LARGE_BUFFER = 8 << 20;
    private static final int TINY_BUFFER = 3000;
    private static final String DROPS =
            "nft 'table inet fw { chain guard { type filter hook forward priority 0; policy drop; }; }'";

    private final FlowRecorder recorder = new FlowRecorder();
    private final DefaultEventLoop session = new DefaultEventLoop();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<KernelPlane> planes = new ArrayList<>();
    private RoutedNetwork network;

    @BeforeEach
    void join() throws Exception {
        network = RoutedNetwork.create();
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void part() throws Exception {
        logger().detachAppender(log);
        for (KernelPlane plane : planes) {
            plane.close();
            assertThat(plane.terminated().await(5, TimeUnit.SECONDS)).isTrue();
        }
        if (network != null) {
            network.close();
        }
        session.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysctl -qw net.ipv4.ip_forward=0", DROPS})
    void fallsBackToTheListenerWhereNothingIsForwarded(String obstacle) throws Exception {
        KernelPlane plane = start("test", 21);
        network.gateway().run(obstacle);
        try (ServerSocket own = listen(network.gateway(), own(OWN_PORT))) {
            plane.offload(session, request(OWN_PORT), recorder);
            recorder.next(Ready.class);

            try (Socket peer = connect(OWN_PORT);
                    Socket accepted = own.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(peer.getLocalSocketAddress());
            }

            assertThat(recorder.next(Fallback.class).reason())
                    .isEqualTo("no SYN ACK from /10.77.2.2:2345 within 500 ms");
            assertThat(plane.flows()).isZero();
            assertThat(plane.usable()).isTrue();
        }
    }

    @Test
    void isUnusableForAWhileAfterThreeFailuresInARow() throws Exception {
        KernelPlane plane = start("test", 21);
        network.gateway().run("sysctl -qw net.ipv4.ip_forward=0; " + DROPS);
        List<Socket> peers = new ArrayList<>();
        for (int port = OWN_PORT; port < OWN_PORT + CircuitBreaker.FAILURES; port++) {
            plane.offload(session, request(port), recorder);
            recorder.next(Ready.class);
            peers.add(connecting(port));
        }
        for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
            recorder.next(Fallback.class);
        }

        assertThat(plane.usable()).isFalse();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("kernel data plane unusable for 60 s: 3 connections in a row")
                        .contains("ipv4=0", "net.ipv4.ip_forward", "[inet fw guard (policy drop)]"));
        plane.offload(session, request(OWN_PORT), recorder);
        assertThat(recorder.next(Unavailable.class).reason()).contains("fail");
        for (Socket peer : peers) {
            peer.close();
        }
    }

    @Test
    void fallsBackWhereTheTargetStillHasAnEarlierConnection() throws Exception {
        KernelPlane plane = start("test", 21);
        network.server().run("nft 'table inet fw { chain in { type filter hook input priority 0; policy drop; }; }'");
        plane.offload(session, request(OWN_PORT), recorder);
        recorder.next(Ready.class);
        try (Socket peer = connecting(OWN_PORT)) {
            InetSocketAddress from = (InetSocketAddress) peer.getLocalSocketAddress();
            await().until(() -> network.gateway().run("conntrack -L 2>&1").contains("SYN_SENT"));

            LoggedPacket reset =
                    new LoggedPacket(true, from, request(OWN_PORT).target(), 1, 0, NftRule.RST, 20, 0, false, 0);
            plane.loop().execute(() -> plane.watch().onPacket(reset));

            assertThat(recorder.next(Fallback.class).reason()).contains("earlier connection");
            assertThat(network.gateway().run("conntrack -L 2>&1")).doesNotContain("SYN_SENT");
        }
    }

    @Test
    void findsConnectionsWhosePacketsCouldNotBeLogged() throws Exception {
        KernelPlane plane =
                network.gateway().call(() -> KernelPlane.start(settings("test", 21), Namespace.opener(), TINY_BUFFER));
        planes.add(plane);
        List<FlowRecorder> recorders = new ArrayList<>();
        int connections = 8;
        try (ServerSocket target = listen(network.server(), request(OWN_PORT).target())) {
            for (int i = 0; i < connections; i++) {
                recorders.add(new FlowRecorder());
                plane.offload(session, request(OWN_PORT + i), recorders.get(i));
                recorders.get(i).next(Ready.class);
            }
            CountDownLatch goOn = new CountDownLatch(1);
            plane.loop().execute(() -> awaitQuietly(goOn));
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Socket peer = connect(OWN_PORT + i);
                Socket accepted = target.accept();
                open.add(peer);
                accepted.getOutputStream().write(new byte[1000]);
                accepted.close();
                peer.getInputStream().readAllBytes();
                if (i % 2 == 0) {
                    peer.close();
                }
            }

            goOn.countDown();

            for (FlowRecorder one : recorders) {
                one.next(Connected.class);
                FlowEnd end = one.next(FlowEnd.class);
                assertThat(end.how()).isEqualTo(How.COMPLETE);
                assertThat(end.bytesFromTarget()).isBetween(1000L, 1400L);
            }
            assertThat(plane.flows()).isZero();
            for (Socket peer : open) {
                peer.close();
            }
        }
    }

    @Test
    void countsMoreThanFourGibibytes() throws Exception {
        KernelPlane plane = start("test", 21);
        // Segments of 64 KiB, as veth passes them on: a few seconds.
        network.gateway().run("ip link set eth1 mtu 65535; ip link set eth2 mtu 65535");
        network.client().run("ip link set eth0 mtu 65535");
        network.server().run("ip link set eth0 mtu 65535");
        long bytes = (4L << 30) + 123_456_789;
        try (ServerSocket target = listen(network.server(), request(OWN_PORT).target())) {
            plane.offload(session, request(OWN_PORT), recorder);
            recorder.next(Ready.class);
            try (Socket peer = connect(OWN_PORT);
                    Socket accepted = target.accept()) {
                recorder.next(Connected.class);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(accepted, bytes));
                byte[] buffer = new byte[1 << 20];
                while (peer.getInputStream().read(buffer) >= 0) {
                    // Only the count matters.
                }
                sending.join();
            }

            assertThat(recorder.next(FlowEnd.class)).isEqualTo(new FlowEnd(How.COMPLETE, 0, bytes, true));
        }
    }

    private static void send(Socket socket, long bytes) {
        byte[] buffer = new byte[1 << 20];
        try {
            long left = bytes;
            while (left > 0) {
                int next = (int) Math.min(left, buffer.length);
                socket.getOutputStream().write(buffer, 0, next);
                left -= next;
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void goesOnOnceAFullConntrackHasRoomAgain() throws Exception {
        KernelPlane plane = start("test", 21);
        int most = Integer.parseInt(Files.readString(Path.of("/proc/sys/net/netfilter/nf_conntrack_max"))
                .strip());
        assumeTrue(most <= 300_000, "so many entries take too much memory");
        try (ServerSocket target = listen(network.server(), request(OWN_PORT).target())) {
            plane.offload(session, request(OWN_PORT), recorder);
            recorder.next(Ready.class);
            network.gateway().call(() -> {
                ConntrackFill.fill(Namespace.opener());
                return most;
            });
            try (Socket peer = connecting(OWN_PORT)) {
                await().until(() -> network.gateway()
                        .run("conntrack -S 2>&1 | tr ' ' '\\n' | grep ^drop= | grep -v drop=0 || true")
                        .contains("drop="));

                network.gateway().run("conntrack -F 2>&1");

                assertThat(recorder.next(Connected.class).peer()).isEqualTo(peer.getLocalSocketAddress());
                target.accept().close();
            }
        }
    }

    @Test
    void namesTheSettingThatASecondInstanceNeeds() throws Exception {
        start("one", 21);

        assertThatThrownBy(() -> start("two", 21))
                .hasMessage("kernel data plane: NFLOG group 21 is in use by another process (configure another group)");
        assertThatThrownBy(() -> start("one", 22))
                .hasMessage(
                        "kernel data plane: table inet ftp_alg_one exists: another gateway has it (configure another name)");
        start("two", 22);
        assertThat(network.gateway().run("nft list tables"))
                .isEqualTo("table inet ftp_alg_one\ntable inet ftp_alg_two\n");
    }

    @Test
    void theKernelRemovesTheTableOfAProcessThatIsKilled() throws Exception {
        Process process = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        network.gateway().name(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlaneProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> network.gateway().run("nft list tables").contains("ftp_alg_child"));
        } finally {
            process.destroyForcibly();
        }

        await().until(() -> network.gateway().run("nft list tables").isEmpty());
    }

    @Test
    void refusesMoreThanItsLimit() throws Exception {
        KernelPlane plane = start("test", 21);
        FlowRequest last = null;
        for (int i = 0; i < 100; i++) {
            last = request(OWN_PORT + i);
            plane.offload(session, last, recorder);
            recorder.next(Ready.class);
        }

        plane.offload(session, request(OWN_PORT + 100), recorder);

        assertThat(recorder.next(Unavailable.class).reason()).contains("100 connections, its limit");
        assertThat(plane.flows()).isEqualTo(100);
        assertThatThrownBy(() -> plane.offload(session, request(40000), recorder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("40000");
    }

    private static KernelSettings settings(String name, int group) {
        return new KernelSettings(name, List.of(new PortRange(41000, 41499)), group, 100);
    }

    private KernelPlane start(String name, int group) throws Exception {
        KernelPlane plane = network.gateway()
                .call(() -> KernelPlane.start(settings(name, group), Namespace.opener(), LARGE_BUFFER));
        planes.add(plane);
        return plane;
    }

    private static InetSocketAddress own(int port) throws IOException {
        return new InetSocketAddress(RoutedNetwork.address(false, 1, 1), port);
    }

    private static FlowRequest request(int port) throws IOException {
        InetAddress client = RoutedNetwork.address(false, 1, 2);
        return new FlowRequest(
                client,
                own(port),
                new InetSocketAddress(RoutedNetwork.address(false, 2, 2), TARGET_PORT),
                Optional.of(new InetSocketAddress(RoutedNetwork.address(false, 2, 1), 0)));
    }

    private static ServerSocket listen(Namespace host, InetSocketAddress address) throws Exception {
        return host.call(() -> {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(address);
            return listening;
        });
    }

    private Socket connect(int port) throws Exception {
        return network.client().call(() -> {
            Socket socket = new Socket();
            socket.connect(own(port), 5000);
            return socket;
        });
    }

    /** Begins to connect, which must not succeed at once. */
    private Socket connecting(int port) throws Exception {
        return network.client().call(() -> {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(RoutedNetwork.address(false, 1, 2), 0));
            channel.configureBlocking(false);
            channel.connect(own(port));
            return channel.socket();
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(KernelPlane.class);
    }
}
