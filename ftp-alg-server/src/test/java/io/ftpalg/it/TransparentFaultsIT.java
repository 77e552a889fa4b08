package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.it.NamespaceNetwork.Host;
import io.ftpalg.it.NamespaceNetwork.Topology;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transparent mode refuses, and what it reports, where clients, rules or privileges are not as they should be. */
@Timeout(120)
class TransparentFaultsIT {
    private static final String REFUSED = "421 Connect to the address of your FTP server, not to this gateway.";
    private static final List<Integer> SIZES = List.of(100 << 10);
    private static final int LISTENER = 2121;

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void refusesWhoConnectsToTheGatewayItself(String mode) {
        try (TransparentWorld world = start(mode)) {
            NamespaceNetwork network = world.network();
            for (InetAddress own : gatewayAddresses(network)) {
                assertThat(greeting(network, own, LISTENER)).isEqualTo(REFUSED);
                // The rules leave connections to the gateway alone.
                assertThatThrownBy(() -> greeting(network, own, TransparentWorld.FTP))
                        .hasCauseInstanceOf(ConnectException.class);
            }

            String line = world.jar().awaitLog("session refused", 1);

            assertThat(line).contains("cause=NOT_REDIRECTED", "remedy=", "ftp-alg rules");
        }
    }

    @Test
    void refusesTheGatewayAsTheServerWhateverTheRules() {
        try (TransparentWorld world = start("redirect")) {
            NamespaceNetwork network = world.network();
            nft(
                    network,
                    "table inet careless { chain pre { type nat hook prerouting priority dstnat - 1; tcp dport 21 redirect to :2121; }; }");

            for (InetAddress own : gatewayAddresses(network)) {
                assertThat(greeting(network, own, TransparentWorld.FTP)).isEqualTo(REFUSED);
            }
        }
    }

    @Test
    void refusesItsOwnConnectionsThatAreRedirectedToIt() {
        try (TransparentWorld world = start("redirect")) {
            NamespaceNetwork network = world.network();
            TestServer server = world.server(ServerKind.VSFTPD, false);
            nft(
                    network,
                    "table inet careless { chain out { type nat hook output priority -100; tcp dport 21 redirect to :2121; }; }");

            String reply = greeting(network, server.address().getAddress(), TransparentWorld.FTP);

            assertThat(reply).startsWith("421 ");
            assertThat(world.jar().awaitLog("cause=LOOP", 1)).contains("session refused");
        }
    }

    @Test
    void refusesWhoeverComesWithoutConnectionTracking() {
        try (TransparentWorld world = start("redirect")) {
            NamespaceNetwork network = world.network();
            untracked(network);

            assertThat(greeting(network, network.address(Host.GATEWAY, false), LISTENER))
                    .isEqualTo(REFUSED);

            assertThat(world.jar().awaitLog("cause=NOT_REDIRECTED", 1)).contains("check connection tracking");
        }
    }

    @Test
    void needsNoConnectionTrackingWithTproxy() {
        try (TransparentWorld world = start("tproxy")) {
            NamespaceNetwork network = world.network();
            TestServer server = world.server(ServerKind.VSFTPD, false);
            untracked(network);

            for (DataSyntax syntax : DataSyntax.values()) {
                network.on(Host.CLIENT, () -> RoundTrip.check(new Curl(), Target.of(server), syntax, server, SIZES));
            }
        }
    }

    /** R8: client and servers are in the network of the gateway, which has one interface. */
    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void worksInOneNetworkWithClientAndServer(String mode) {
        try (TransparentWorld world =
                TransparentWorld.start(Topology.HAIRPIN, TransparentIT.KEYS.formatted(mode, false))) {
            NamespaceNetwork network = world.network();
            for (boolean ipv6 : List.of(false, true)) {
                TestServer server = world.server(ServerKind.VSFTPD, ipv6);
                network.run(
                        Host.CLIENT,
                        List.of(
                                "ip",
                                "route",
                                "add",
                                IpLiteral.format(server.address().getAddress()),
                                "via",
                                IpLiteral.format(network.address(Host.GATEWAY, ipv6))),
                        "");
                for (DataSyntax syntax : new Curl().syntaxes(ipv6)) {
                    network.on(
                            Host.CLIENT, () -> RoundTrip.check(new Curl(), Target.of(server), syntax, server, SIZES));
                }
                assertThat(server.log()).contains(IpLiteral.format(network.address(Host.GATEWAY, ipv6)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void worksWithTheRulesOfIptables(String mode) {
        Peers.require("iptables");
        Peers.require("ip6tables");
        try (TransparentWorld world = TransparentWorld.start(
                Topology.ROUTED,
                TransparentIT.KEYS.formatted(mode, true),
                "--iptables",
                "--interface",
                "eth0",
                "--interface",
                "eth1")) {
            for (boolean ipv6 : List.of(false, true)) {
                TestServer server = world.server(ServerKind.PROFTPD, ipv6);
                for (DataSyntax syntax : new Curl().syntaxes(ipv6)) {
                    world.network()
                            .on(
                                    Host.CLIENT,
                                    () -> RoundTrip.check(new Curl(), Target.of(server), syntax, server, SIZES));
                }
                assertThat(server.log())
                        .contains(IpLiteral.format(world.network().address(Host.CLIENT, ipv6)));
            }
        }
    }

    /** The script replaces what it made. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--iptables"})
    void rulesCanBeLoadedAgain(String option, @TempDir Path folder) throws IOException {
        Path config = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listeners: [{bind: '[::]:2121', " + TransparentIT.KEYS.formatted("redirect", true)
                        + ", source-ports: 45000-45999}]\ndata-plane: kernel\n");
        String rules = TransparentWorld.rules(folder, config, option.isEmpty() ? new String[0] : new String[] {option});
        try (NamespaceNetwork network = NamespaceNetwork.create(Topology.ROUTED)) {
            network.run(Host.GATEWAY, List.of("sh", "-s"), rules);
            String once = state(network);

            network.run(Host.GATEWAY, List.of("sh", "-s"), rules);

            assertThat(state(network)).isEqualTo(once).contains("41000", "fwmark 0x1 lookup 100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect", "tproxy"})
    void startsWithoutTheCapabilityOnlyToReportIt(String mode, @TempDir Path folder) throws IOException {
        Peers.requireRoot();
        Path config = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listeners: [{bind: '127.0.0.1:0', transparent: " + mode + ", passive-ports: 41000-41999}]\n");
        List<String> command = List.of(
                Peers.require("setpriv").toString(),
                "--bounding-set=-net_admin,-net_raw",
                "--inh-caps=-net_admin,-net_raw",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("ftpalg.jar")),
                "--config",
                config.toString());

        try (Program program = Program.start(folder, command, Map.of(), "")) {
            int status = program.await(Duration.ofSeconds(30));

            assertThat(program.output().lines().filter(line -> line.contains("CAP_NET_")))
                    .as(program.output())
                    .singleElement()
                    .asString()
                    .contains("CAP_NET_ADMIN or CAP_NET_RAW");
            assertThat(program.output()).doesNotContain("Exception", " ready: ");
            assertThat(status).isEqualTo(1);
        }
    }

    private static TransparentWorld start(String mode) {
        return TransparentWorld.start(Topology.ROUTED, TransparentIT.KEYS.formatted(mode, false));
    }

    private static List<InetAddress> gatewayAddresses(NamespaceNetwork network) {
        return Stream.of(false, true)
                .flatMap(ipv6 -> Stream.of(network.address(Host.GATEWAY, ipv6), network.gatewayTowardsServer(ipv6)))
                .toList();
    }

    private static void nft(NamespaceNetwork network, String rules) {
        network.run(Host.GATEWAY, List.of(Peers.require("nft").toString(), "-f", "-"), rules);
    }

    private static void untracked(NamespaceNetwork network) {
        nft(
                network,
                "table inet untracked { chain pre { type filter hook prerouting priority raw; notrack; };"
                        + " chain out { type filter hook output priority raw; notrack; }; }");
    }

    /** Returns the first line that the client receives there. */
    private static String greeting(NamespaceNetwork network, InetAddress address, int port) {
        return network.on(Host.CLIENT, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 10_000);
                socket.setSoTimeout(20_000);
                String line = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                        .readLine();
                return Objects.requireNonNull(line);
            }
        });
    }

    private static String state(NamespaceNetwork network) {
        return network.run(
                Host.GATEWAY,
                List.of(
                        "sh",
                        "-c",
                        "nft -s list ruleset | sort; ip rule; ip -6 rule; ip route show table 100; sysctl net.ipv4.ip_forward"),
                "");
    }
}
