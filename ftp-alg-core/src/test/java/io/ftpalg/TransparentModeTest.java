package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.data.WithoutCapability;
import io.ftpalg.data.kernel.RoutedNetwork;
import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.RelayType;
import io.ftpalg.policy.TransparentMode;
import io.ftpalg.policy.TransportType;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.PortRange;
import io.ftpalg.routing.Routers;
import io.ftpalg.routing.TargetRule;
import io.ftpalg.routing.TargetRules;
import io.netty.channel.IoEventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** R8: clients that do not know of the gateway, in network namespaces; needs root. */
@Timeout(60)
class TransparentModeTest {
    private static final int FTP = 21;
    private static final int SECONDS = 10;
    /** Not those of IPv6: the JDK reads them of the namespace of the process, not of the thread. */
    private static final List<String> OWN = List.of("10.77.1.1", "10.77.2.1");

    private static final PortRange PASSIVE = new PortRange(41_000, 41_099);
    private static final String PRE = "table inet redirected { chain pre { type nat hook prerouting priority dstnat;"
            + " iifname eth1 %1$s tcp dport 21 redirect to :2121; iifname eth1 %1$s tcp dport 41000-41099 redirect; }; };";
    private static final String DIVERT =
            "table inet diverted { chain divert { type filter hook prerouting priority dstnat + 10;"
                    + " tcp dport != 2121 socket transparent 1 meta mark set 0x1 accept; %s }; };";
    private static final String TPROXY =
            "iifname eth1 fib daddr type != local tcp dport 21 meta mark set 0x1 tproxy to :2121 accept;";
    private static final String ROUTES =
            "ip rule add fwmark 0x1 lookup 100; ip route add local default dev lo table 100;"
                    + "ip -6 rule add fwmark 0x1 lookup 100; ip -6 route add local default dev lo table 100";

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final BlockingQueue<AlgListener.SessionRefused> refused = new LinkedBlockingQueue<>();
    private final RoutedNetwork network;
    private List<String> allowed = List.of("10.77.0.0/16:21", "[fd77::/16]:21");
    private Limits limits = Limits.defaults();

    TransparentModeTest() throws Exception {
        network = RoutedNetwork.create();
        owned.add(network);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }

    // ---- the gateway, in its namespace

    private void rules(TransparentMode mode, boolean forLocal) throws IOException {
        String pre = mode == TransparentMode.REDIRECT ? PRE.formatted(forLocal ? "" : "fib daddr type != local") : "";
        String divert = DIVERT.formatted(mode == TransparentMode.TPROXY ? TPROXY : "");
        network.gateway().run("nft '" + pre + divert + "'; " + ROUTES);
    }

    private FtpAlgBuilder gateway(IoEventLoopGroup loops, TransparentMode mode, boolean spoof) {
        FtpAlgBuilder builder = FtpAlg.builder()
                .eventLoops(loops)
                .listen(new InetSocketAddress("::", 2121))
                .transparent(mode)
                .passivePorts(PASSIVE)
                .limits(limits)
                .listener(new AlgListener() {
                    @Override
                    public void sessionRefused(SessionRefused event) {
                        refused.add(event);
                    }
                })
                .router(Routers.originalDestination(TargetRules.of(allowed.stream()
                        .map(text -> TargetRule.parse(text).orElseThrow())
                        .toList())));
        return spoof ? builder.spoofClient() : builder;
    }

    private void start(TransparentMode mode, boolean spoof, RelayType relay, int sourcePort) throws Exception {
        owned.add(network.gateway().call(() -> {
            // Threads are in the namespace of the thread that starts them.
            IoEventLoopGroup loops = FtpAlg.newEventLoops(TransportType.EPOLL, 2, Thread::new);
            owned.add(() -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
            FtpAlgBuilder builder = gateway(loops, mode, spoof).relay(relay);
            if (sourcePort > 0) {
                builder.activeSourcePort(sourcePort);
            }
            return builder.build().start().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }));
    }

    private TransparentServer server(boolean ipv6) throws Exception {
        TransparentServer server = network.server().call(() -> new TransparentServer(serverAddress(ipv6), FTP));
        owned.add(server);
        return server;
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }

    private static InetAddress serverAddress(boolean ipv6) {
        return address(ipv6 ? "fd77:2::2" : "10.77.2.2");
    }

    private static InetAddress gatewayAddress(boolean ipv6) {
        return address(ipv6 ? "fd77:2::1" : "10.77.2.1");
    }

    // ---- the client, in its namespace

    /** A client's control connection; its sockets are in the namespace of the calling thread. */
    private static final class Client implements AutoCloseable {
        private final Socket control;
        private final BufferedReader lines;

        Client(InetAddress server, int port) throws IOException {
            control = new Socket(server, port);
            control.setSoTimeout(SECONDS * 1000);
            lines = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String receive() throws IOException {
            return String.valueOf(lines.readLine());
        }

        String command(String line) throws IOException {
            control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return receive();
        }

        /** Gets the file, and returns the other end of the data connection; ignores the address in a 227. */
        InetSocketAddress download(DataSyntax syntax) throws Exception {
            if (!syntax.passive()) {
                try (ServerSocket port = new ServerSocket(0, 1, control.getLocalAddress())) {
                    port.setSoTimeout(SECONDS * 1000);
                    InetSocketAddress own = (InetSocketAddress) port.getLocalSocketAddress();
                    assertThat(command(syntax.verb() + " " + syntax.format(own)))
                            .startsWith("200");
                    assertThat(command("RETR f")).startsWith("150");
                    return read(port.accept());
                }
            }
            String reply = command(syntax.verb().toString());
            assertThat(reply).startsWith(String.valueOf(syntax.positiveCode()));
            InetSocketAddress named = syntax.parse(reply.substring(4), control.getInetAddress());
            assertThat(named.getAddress()).isEqualTo(control.getInetAddress());
            Socket data = new Socket(control.getInetAddress(), named.getPort());
            assertThat(command("RETR f")).startsWith("150");
            return read(data);
        }

        private InetSocketAddress read(Socket data) throws IOException {
            try (data) {
                data.setSoTimeout(SECONDS * 1000);
                String file = new String(data.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(file).isEqualTo(TransparentServer.FILE);
                assertThat(receive()).startsWith("226");
                return (InetSocketAddress) data.getRemoteSocketAddress();
            }
        }

        @Override
        public void close() throws IOException {
            control.close();
        }
    }

    static List<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (TransparentMode mode : TransparentMode.values()) {
            for (boolean spoof : List.of(false, true)) {
                for (boolean ipv6 : List.of(false, true)) {
                    all.add(Arguments.of(mode, spoof, ipv6, RelayType.AUTO));
                }
            }
            all.add(Arguments.of(mode, true, false, RelayType.BUFFER));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void clientAndServerSeeEachOther(TransparentMode mode, boolean spoof, boolean ipv6, RelayType relay)
            throws Exception {
        rules(mode, false);
        TransparentServer server = server(ipv6);
        start(mode, spoof, relay, 20);

        network.client().call(() -> {
            try (Client client = new Client(serverAddress(ipv6), FTP)) {
                InetAddress seen = spoof ? client.control.getLocalAddress() : gatewayAddress(ipv6);
                assertThat(client.receive()).isEqualTo("220 ready");
                assertThat(server.controlPeers.poll(SECONDS, TimeUnit.SECONDS).getAddress())
                        .isEqualTo(seen);
                assertThat(client.command("USER joe")).startsWith("230");
                for (DataSyntax syntax : DataSyntax.values()) {
                    if (ipv6 && !syntax.extended()) {
                        continue;
                    }
                    InetSocketAddress peer = client.download(syntax);

                    assertThat(peer.getAddress()).as(syntax.name()).isEqualTo(serverAddress(ipv6));
                    if (!syntax.passive()) {
                        assertThat(peer.getPort()).isEqualTo(20);
                    }
                    assertThat(server.dataPeers.poll(SECONDS, TimeUnit.SECONDS).getAddress())
                            .as(syntax.name())
                            .isEqualTo(seen);
                }
                return true;
            }
        });
    }

    // ---- clients that connect to the gateway

    @ParameterizedTest
    @EnumSource(TransparentMode.class)
    void refusesWhoConnectsToTheGateway(TransparentMode mode) throws Exception {
        rules(mode, false);
        start(mode, false, RelayType.AUTO, 0);

        for (String own : OWN) {
            assertThat(greeting(address(own), 2121))
                    .as(own)
                    .startsWith("421 Connect to the address of your FTP server");
            assertThat(refused.poll(SECONDS, TimeUnit.SECONDS).cause()).isEqualTo(CloseCause.NOT_REDIRECTED);
        }
        assertThat(refused).isEmpty();
    }

    /** Without rules nothing is tracked, and the system has no original destination. */
    @ParameterizedTest
    @EnumSource(TransparentMode.class)
    void refusesWhoConnectsToTheGatewayWhereNothingIsTracked(TransparentMode mode) throws Exception {
        start(mode, false, RelayType.AUTO, 0);

        assertThat(greeting(address("10.77.1.1"), 2121)).startsWith("421 Connect to the address");
    }

    /** A rule that redirects what is for this host too: the gateway would connect to itself. */
    @Test
    void refusesWhoIsRedirectedFromAnAddressOfTheGateway() throws Exception {
        rules(TransparentMode.REDIRECT, true);
        start(TransparentMode.REDIRECT, false, RelayType.AUTO, 0);

        for (String own : OWN) {
            assertThat(greeting(address(own), FTP)).as(own).startsWith("421 Connect to the address");
        }
    }

    /** A3: a rule that redirects the gateway's own connections. */
    @Test
    void refusesItsOwnConnectionThatIsRedirectedAgain() throws Exception {
        rules(TransparentMode.REDIRECT, false);
        network.gateway()
                .run(
                        "nft 'table inet again { chain out { type nat hook output priority -100; tcp dport 21 redirect to :2121; }; };'");
        TransparentServer server = server(false);
        start(TransparentMode.REDIRECT, false, RelayType.AUTO, 0);

        assertThat(greeting(serverAddress(false), FTP)).startsWith("421 ");

        assertThat(refused.poll(SECONDS, TimeUnit.SECONDS).cause()).isEqualTo(CloseCause.LOOP);
        assertThat(server.controlPeers).isEmpty();
    }

    @Test
    void refusesAServerThatIsNotAllowed() throws Exception {
        rules(TransparentMode.TPROXY, false);
        TransparentServer server = server(false);
        limits = Limits.builder().targetTimeout(Duration.ofMillis(100)).build();
        allowed = List.of("192.0.2.0/24:21");
        start(TransparentMode.TPROXY, false, RelayType.AUTO, 0);

        assertThat(greeting(serverAddress(false), FTP)).isEqualTo("421 Service not available.");
        assertThat(server.controlPeers).isEmpty();
    }

    /** The first port is one that the packet filter swallows. */
    @ParameterizedTest
    @EnumSource(TransparentMode.class)
    void connectsAsTheClientOnceMoreFromAnotherPort(TransparentMode mode) throws Exception {
        rules(mode, false);
        network.gateway()
                .run(
                        "nft 'table inet first { set ports { type inet_service; flags dynamic; size 1; }; chain out {"
                                + " type filter hook output priority 0; tcp dport 21 tcp flags syn add @ports { tcp sport } drop; }; };'");
        TransparentServer server = server(false);
        limits = Limits.builder().connectTimeout(Duration.ofSeconds(2)).build();
        start(mode, true, RelayType.AUTO, 0);

        assertThat(greeting(serverAddress(false), FTP)).isEqualTo("220 ready");
        assertThat(server.controlPeers).hasSize(1);
    }

    // ---- privileges

    @Test
    void doesNotStartWithoutTheCapability() throws Exception {
        assertThat(WithoutCapability.run(Unprivileged.class))
                .containsExactly(
                        "io.ftpalg.FtpAlgException: transparent mode needs the capability CAP_NET_ADMIN or CAP_NET_RAW:"
                                + " run as root, or grant it, such as by systemd's AmbientCapabilities=CAP_NET_ADMIN");
    }

    @Test
    void doesNotStartWhereItMayNotConnectFromThePort() throws Exception {
        assertThat(WithoutCapability.run(Unprivileged.class, "-net_bind_service"))
                .containsExactly("io.ftpalg.FtpAlgException: data connections from port 20 need the capability"
                        + " CAP_NET_BIND_SERVICE: run as root, or grant it, such as by systemd's"
                        + " AmbientCapabilities=CAP_NET_BIND_SERVICE");
    }

    /** Prints how the start ends in its own process. */
    @SuppressWarnings("SystemOut") // The test reads it.
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] args) {
            FtpAlg gateway = FtpAlg.builder()
                    .listen(new InetSocketAddress("127.0.0.3", 0))
                    .transparent(TransparentMode.TPROXY)
                    .activeSourcePort(20)
                    .router(Routers.originalDestination(TargetRules.PUBLIC))
                    .build();
            gateway.start()
                    .whenComplete((started, failure) -> System.out.println(failure))
                    .handle((started, failure) -> gateway)
                    .thenCompose(none -> gateway.stop(Duration.ZERO))
                    .toCompletableFuture()
                    .join();
        }
    }

    private String greeting(InetAddress server, int port) throws Exception {
        return network.client().call(() -> {
            try (Client client = new Client(server, port)) {
                return client.receive();
            }
        });
    }
}
