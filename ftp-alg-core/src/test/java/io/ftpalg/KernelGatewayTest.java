package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.data.kernel.Namespace;
import io.ftpalg.data.kernel.RoutedNetwork;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.KernelPath;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.Routers;
import io.netty.channel.IoEventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose data the kernel carries, between network namespaces; client and server are scripts. */
@Timeout(60)
class KernelGatewayTest {
    private static final int PORT = 2121;
    private static final PortRange PASSIVE = new PortRange(41000, 41099);
    private static final PortRange SOURCE = new PortRange(42000, 42099);

    private static RoutedNetwork network;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<AlgListener.TransferFinished> finished = new LinkedBlockingQueue<>();

    @BeforeAll
    static void join() throws Exception {
        network = RoutedNetwork.create();
    }

    @AfterAll
    static void part() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(opened);
        return opened;
    }

    private static InetAddress ip(boolean ipv6, int net, int host) throws IOException {
        return InetAddress.getByName(ipv6 ? "fd77:" + net + "::" + host : "10.77." + net + '.' + host);
    }

    // ---- the three

    private FtpAlg gateway(InetAddress server, UnaryOperator<FtpAlgBuilder> differ) throws Exception {
        return network.gateway().call(() -> keep(builder(server, differ).build())
                .start()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS));
    }

    private FtpAlgBuilder builder(InetAddress server, UnaryOperator<FtpAlgBuilder> differ) throws IOException {
        return differ.apply(FtpAlg.builder()
                .listen(new InetSocketAddress(ip(server.getAddress().length == 16, 1, 1), PORT))
                .router(Routers.fixed(
                        new HostPort(server.getHostAddress(), 21), ServerDataMode.CLIENT, Optional.empty()))
                .transport(TransportType.EPOLL)
                .relay(RelayType.KERNEL)
                .kernelPath(new KernelPath("gwtest", 77, List.of()))
                .passivePorts(PASSIVE)
                .sockets(SocketSettings.DEFAULT.withSourcePorts(SOURCE))
                .limits(Limits.builder().stallTimeout(Duration.ofSeconds(2)).build())
                .listener(new AlgListener() {
                    @Override
                    public void transferFinished(TransferFinished event) {
                        finished.add(event);
                    }
                }));
    }

    private AlgListener.TransferFinished finished() throws InterruptedException {
        AlgListener.TransferFinished event = finished.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("transfer record").isNotNull();
        return event;
    }

    /** A client and a server, logged in. */
    private final class Talk {
        private final Line client;
        private final Line server;

        Talk(boolean ipv6, Namespace serverHost, InetAddress serverAddress) throws Exception {
            ServerSocket listening = keep(listen(serverHost, new InetSocketAddress(serverAddress, 21)));
            client = keep(new Line(connect(network.client(), new InetSocketAddress(ip(ipv6, 1, 1), PORT))));
            server = keep(new Line(listening.accept()));
            server.say("220 ready");
            assertThat(client.receive()).startsWith("220");
            exchange("USER a", "230 in");
        }

        void exchange(String command, String reply) throws IOException {
            client.say(command);
            assertThat(server.receive()).isEqualTo(command);
            server.say(reply);
            assertThat(client.receive()).isEqualTo(reply);
        }

        /** Agrees on a passive port; returns where the client is to connect. */
        InetSocketAddress passive(ServerSocket files, boolean ipv6) throws IOException {
            client.say("EPSV");
            assertThat(server.receive()).isEqualTo("EPSV");
            server.say("229 ok (|||" + files.getLocalPort() + "|)");
            String reply = client.receive();
            assertThat(reply).startsWith("229 ");
            return new InetSocketAddress(ip(ipv6, 1, 1), Integer.parseInt(reply.replaceAll(".*\\|(\\d+)\\|.*", "$1")));
        }
    }

    /** One end of a control connection. */
    private record Line(Socket socket, BufferedReader reader) implements AutoCloseable {
        Line(Socket socket) throws IOException {
            this(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            socket.setSoTimeout(20_000);
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        String receive() throws IOException {
            return String.valueOf(reader.readLine()).replaceAll("^[\\xFF\\xF4\\xF2\\uFFFD]+", "");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static ServerSocket listen(Namespace host, InetSocketAddress address) throws Exception {
        return host.call(() -> {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.setSoTimeout(20_000);
            socket.bind(address);
            return socket;
        });
    }

    private static Socket connect(Namespace host, InetSocketAddress address) throws Exception {
        return host.call(() -> {
            Socket socket = new Socket();
            if (host == network.client()) {
                // It has two addresses.
                socket.bind(new InetSocketAddress(ip(address.getAddress().getAddress().length == 16, 1, 2), 0));
            }
            socket.connect(address, 10_000);
            socket.setSoTimeout(20_000);
            return socket;
        });
    }

    private static String elements() throws IOException {
        return network.gateway().run("nft list map inet ftp_alg_gwtest to4; nft list map inet ftp_alg_gwtest to6");
    }

    // ---- tests

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesADownloadOfAPassiveClient(boolean ipv6) throws Exception {
        InetAddress server = ip(ipv6, 2, 2);
        gateway(server, builder -> builder);
        Talk talk = new Talk(ipv6, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        InetSocketAddress port = talk.passive(files, ipv6);
        assertThat(elements()).contains(String.valueOf(port.getPort()));

        Socket data = keep(connect(network.client(), port));
        Socket file = keep(files.accept());
        InetSocketAddress peer = (InetSocketAddress) data.getLocalSocketAddress();
        talk.exchange("RETR f", "150 here");
        file.getOutputStream().write(new byte[100_000]);
        file.close();
        assertThat(data.getInputStream().readAllBytes()).hasSize(100_000);
        data.close();
        talk.server.say("226 done");

        assertThat(talk.client.receive()).isEqualTo("226 done");
        AlgListener.TransferFinished record = finished();
        assertThat(record.end()).isEqualTo(TransferEnd.COMPLETE);
        assertThat(record.dataPath()).contains(DataPath.KERNEL);
        assertThat(record.bytesToClient()).isEqualTo(100_000);
        assertThat(record.bytesToServer()).isZero();
        assertThat(record.client().remote()).contains(peer);
        assertThat(record.server().remote()).contains(new InetSocketAddress(server, files.getLocalPort()));
        assertThat(file.getInetAddress()).isEqualTo(ip(ipv6, 2, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesAnUploadOfAnActiveClient(boolean ipv6) throws Exception {
        InetAddress server = ip(ipv6, 2, 2);
        gateway(server, builder -> builder.activeSourcePort(20));
        Talk talk = new Talk(ipv6, network.server(), server);
        ServerSocket files = keep(listen(network.client(), new InetSocketAddress(ip(ipv6, 1, 2), 0)));
        String family = ipv6 ? "2" : "1";
        talk.client.say("EPRT |" + family + '|' + ip(ipv6, 1, 2).getHostAddress() + '|' + files.getLocalPort() + '|');
        String command = talk.server.receive();
        assertThat(command).startsWith("EPRT |" + family + '|');
        talk.server.say("200 ok");
        assertThat(talk.client.receive()).startsWith("200 ");
        talk.client.say("STOR f");
        assertThat(talk.server.receive()).isEqualTo("STOR f");

        int port = Integer.parseInt(command.split("\\|")[3]);
        assertThat(SOURCE.contains(port)).isTrue();
        Socket data = keep(connect(network.server(), new InetSocketAddress(ip(ipv6, 2, 1), port)));
        Socket file = keep(files.accept());
        talk.server.say("150 come on");
        assertThat(talk.client.receive()).isEqualTo("150 come on");
        file.getOutputStream().write(new byte[100_000]);
        file.close();
        assertThat(data.getInputStream().readAllBytes()).hasSize(100_000);
        data.close();
        talk.server.say("226 done");

        assertThat(talk.client.receive()).isEqualTo("226 done");
        AlgListener.TransferFinished record = finished();
        assertThat(record.dataPath()).contains(DataPath.KERNEL);
        assertThat(record.end()).isEqualTo(TransferEnd.COMPLETE);
        assertThat(record.bytesToServer()).isEqualTo(100_000);
        assertThat(((InetSocketAddress) file.getRemoteSocketAddress()).getPort())
                .isEqualTo(20);
        assertThat(file.getInetAddress()).isEqualTo(ip(ipv6, 1, 1));
    }

    @Test
    void relaysWhereTheHostDoesNotForward() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);
        network.gateway().run("sysctl -qw net.ipv4.ip_forward=0");
        try {
            Talk talk = new Talk(false, network.server(), server);
            ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
            InetSocketAddress port = talk.passive(files, false);
            talk.client.say("RETR f");
            assertThat(talk.server.receive()).isEqualTo("RETR f");

            Socket data = keep(connect(network.client(), port));
            Socket file = keep(files.accept());
            talk.server.say("150 here");
            assertThat(talk.client.receive()).isEqualTo("150 here");
            file.getOutputStream().write(new byte[1000]);
            file.close();
            assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
            data.close();
            talk.server.say("226 done");

            assertThat(talk.client.receive()).isEqualTo("226 done");
            assertThat(finished().dataPath()).contains(DataPath.SPLICE);
        } finally {
            network.gateway().run("sysctl -qw net.ipv4.ip_forward=1");
        }
    }

    /** By an address that is not the one that clients connect to. */
    @Test
    void relaysToAServerOnItsOwnHost() throws Exception {
        InetAddress server = ip(false, 2, 1);
        gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.gateway(), server);
        ServerSocket files = keep(listen(network.gateway(), new InetSocketAddress(server, 0)));
        InetSocketAddress port = talk.passive(files, false);

        assertThat(elements()).doesNotContain(String.valueOf(port.getPort()));
        files.accept().close();
    }

    @Test
    void cutsWhatTheClientAborts() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        Socket data = keep(connect(network.client(), talk.passive(files, false)));
        Socket file = keep(files.accept());
        talk.exchange("RETR f", "150 here");
        file.getOutputStream().write(new byte[5000]);
        assertThat(data.getInputStream().readNBytes(5000)).hasSize(5000);

        talk.client.say("ABOR");
        assertThat(talk.server.receive()).endsWith("ABOR");
        assertReset(file);

        talk.server.say("426 aborted");
        talk.server.say("226 ok");
        assertThat(talk.client.receive()).isEqualTo("426 aborted");
        assertThat(talk.client.receive()).isEqualTo("226 ok");
        AlgListener.TransferFinished record = finished();
        assertThat(record.end()).isEqualTo(TransferEnd.ABORTED);
        assertThat(record.dataPath()).contains(DataPath.KERNEL);
        assertThat(record.bytesToClient()).isBetween(5000L, 10_000L);
    }

    /** The next packet of a side that was cut is answered with a reset. */
    private static void assertReset(Socket side) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThatThrownBy(
                        () -> side.getOutputStream().write(1))
                .isInstanceOf(SocketException.class));
    }

    @Test
    void cutsWhatStalls() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        Socket data = keep(connect(network.client(), talk.passive(files, false)));
        Socket file = keep(files.accept());
        talk.exchange("STOR f", "150 here");
        data.getOutputStream().write(new byte[5000]);
        assertThat(file.getInputStream().readNBytes(5000)).hasSize(5000);

        assertThat(talk.client.receive()).startsWith("426 ");
        AlgListener.TransferFinished record = finished();
        assertThat(record.end()).isEqualTo(TransferEnd.STALLED);
        assertThat(record.bytesToServer()).isBetween(5000L, 5100L);
        assertReset(data);
    }

    @Test
    void recordsAnUploadThatTheClientCut() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        Socket data = keep(connect(network.client(), talk.passive(files, false)));
        Socket file = keep(files.accept());
        talk.exchange("STOR f", "150 here");
        data.getOutputStream().write(new byte[5000]);
        assertThat(file.getInputStream().readNBytes(5000)).hasSize(5000);

        data.setSoLinger(true, 0);
        data.close();
        assertThatThrownBy(() -> file.getInputStream().read()).isInstanceOf(SocketException.class);
        talk.server.say("426 broken");

        assertThat(talk.client.receive()).isEqualTo("426 broken");
        AlgListener.TransferFinished record = finished();
        assertThat(record.end()).isEqualTo(TransferEnd.CLIENT_RESET);
        assertThat(record.bytesToServer()).isBetween(5000L, 5100L);
    }

    @Test
    void takesBackThePortThatTheSecondPassiveReplaces() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));

        InetSocketAddress first = talk.passive(files, false);
        InetSocketAddress second = talk.passive(files, false);

        assertThat(second).isNotEqualTo(first);
        await().untilAsserted(() -> assertThat(elements())
                .doesNotContain(String.valueOf(first.getPort()))
                .contains(String.valueOf(second.getPort())));
    }

    @Test
    void cutsWithTheGateway() throws Exception {
        InetAddress server = ip(false, 2, 2);
        FtpAlg gateway = gateway(server, builder -> builder);
        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        Socket data = keep(connect(network.client(), talk.passive(files, false)));
        Socket file = keep(files.accept());
        talk.exchange("STOR f", "150 here");
        data.getOutputStream().write(new byte[5000]);
        assertThat(file.getInputStream().readNBytes(5000)).hasSize(5000);

        gateway.close();

        AlgListener.TransferFinished record = finished();
        assertThat(record.end()).isEqualTo(TransferEnd.SESSION_CLOSED);
        assertThat(record.bytesToServer()).isBetween(5000L, 5100L);
        assertReset(data);
        await().untilAsserted(() ->
                assertThat(network.gateway().run("nft list tables")).doesNotContain("ftp_alg_gwtest"));
    }

    // ---- start

    @Test
    void sharesThePlaneWithItsSuccessor() throws Exception {
        InetAddress server = ip(false, 2, 2);
        IoEventLoopGroup loops = network.gateway().call(() -> FtpAlg.newEventLoops(TransportType.EPOLL));
        open.add(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        FtpAlg first = gateway(server, builder -> builder.eventLoops(loops));
        FtpAlg second =
                keep(builder(server, builder -> builder.eventLoops(loops)).build());

        network.gateway().call(() -> FtpAlg.startInPlaceOf(List.of(second), List.of(first))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS));
        first.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);

        Talk talk = new Talk(false, network.server(), server);
        ServerSocket files = keep(listen(network.server(), new InetSocketAddress(server, 0)));
        InetSocketAddress port = talk.passive(files, false);
        assertThat(elements()).contains(String.valueOf(port.getPort()));
    }

    @Test
    void refusesToStartBesideAnotherOfItsName() throws Exception {
        InetAddress server = ip(false, 2, 2);
        gateway(server, builder -> builder);

        assertThatThrownBy(() -> gateway(ip(true, 2, 2), builder -> builder))
                .rootCause()
                .satisfies(cause -> assertThat(cause).isNotNull());
        assertThatThrownBy(() -> gateway(ip(true, 2, 2), builder -> builder))
                .hasStackTraceContaining(
                        "relay KERNEL: kernel data plane: NFLOG group 77 is in use by another process");
    }

    @Test
    void startsBesideAnotherOfAnotherName() throws Exception {
        gateway(ip(false, 2, 2), builder -> builder);

        gateway(
                ip(true, 2, 2),
                builder -> builder.kernelPath(new KernelPath("gwtest2", 78, List.of(new PortRange(43000, 43009)))));

        assertThat(network.gateway().run("nft list tables")).contains("ftp_alg_gwtest2");
    }
}
