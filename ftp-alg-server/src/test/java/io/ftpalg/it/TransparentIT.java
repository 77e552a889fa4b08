package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.it.NamespaceNetwork.Host;
import io.ftpalg.it.NamespaceNetwork.Topology;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R8: real clients reach real servers through a gateway that they do not know of, in each mode, syntax and IP version. */
@Timeout(120)
class TransparentIT {
    static final String KEYS =
            "transparent: %s, spoof-client: %b, passive-ports: 41000-41999, forward: {allow: ['10.77.0.0/16:21', '[fd77::/16]:21']}";
    private static final List<ServerKind> KINDS = List.of(ServerKind.VSFTPD, ServerKind.PROFTPD, ServerKind.PURE_FTPD);
    private static final List<FtpClient> CLIENTS =
            List.of(new Curl(), new Lftp(), BsdFtp.tnftp(), new Ftplib(ClientSecurity.NONE));
    private static final List<DataSyntax> SYNTAXES = List.of(DataSyntax.values());
    private static final List<Integer> SIZES = List.of(0, 100 << 10);
    private static final Map<String, Setup> SETUPS = new HashMap<>();

    /** A gateway, and its servers of each family. */
    private record Setup(TransparentWorld world, Map<Boolean, List<TestServer>> servers) {
        static Setup of(String mode, boolean spoofing) {
            TransparentWorld world = TransparentWorld.start(Topology.ROUTED, KEYS.formatted(mode, spoofing));
            Map<Boolean, List<TestServer>> servers = new HashMap<>();
            for (boolean ipv6 : List.of(false, true)) {
                servers.put(
                        ipv6,
                        KINDS.stream().map(kind -> world.server(kind, ipv6)).toList());
            }
            return new Setup(world, servers);
        }

        TestServer server(boolean ipv6, ServerKind kind) {
            return Objects.requireNonNull(servers.get(ipv6)).get(KINDS.indexOf(kind));
        }
    }

    static List<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (String mode : List.of("redirect", "tproxy")) {
            for (boolean spoofing : List.of(false, true)) {
                for (boolean ipv6 : List.of(false, true)) {
                    for (FtpClient client : CLIENTS) {
                        for (DataSyntax syntax : client.syntaxes(ipv6)) {
                            all.add(Arguments.of(mode, spoofing, ipv6, client, syntax));
                        }
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void clientsReachTheServerThatTheyConnectTo(
            String mode, boolean spoofing, boolean ipv6, FtpClient client, DataSyntax syntax) {
        Setup setup = SETUPS.computeIfAbsent(mode + spoofing, key -> Setup.of(mode, spoofing));
        NamespaceNetwork network = setup.world().network();
        ServerKind kind = KINDS.get((SYNTAXES.indexOf(syntax) + CLIENTS.indexOf(client)) % KINDS.size());
        TestServer server = setup.server(ipv6, kind);

        String prefix =
                network.on(Host.CLIENT, () -> RoundTrip.check(client, Target.of(server), syntax, server, SIZES));

        // A client may be done before the record of its last transfer is written.
        List<String> transfers = await().atMost(ConfiguredJar.PATIENCE)
                .until(
                        () -> setup.world().jar().log("transfer finished").stream()
                                .filter(line -> line.contains(prefix))
                                .toList(),
                        lines -> lines.size() >= 2 * SIZES.size());
        assertThat(transfers).hasSize(2 * SIZES.size());
        String seen =
                IpLiteral.format(spoofing ? network.address(Host.CLIENT, ipv6) : network.gatewayTowardsServer(ipv6));
        assertThat(transfers).allSatisfy(line -> assertThat(ConfiguredJar.value(line, "server_leg"))
                .contains(seen));
        // It logs to the system only.
        if (kind != ServerKind.PURE_FTPD) {
            await().atMost(ConfiguredJar.PATIENCE).until(() -> server.log().contains(seen));
        }
    }

    @AfterAll
    static void close() {
        SETUPS.values().forEach(setup -> setup.world().close());
    }
}
