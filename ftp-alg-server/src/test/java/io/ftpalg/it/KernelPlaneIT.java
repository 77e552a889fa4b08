package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ftpalg.it.NamespaceNetwork.Host;
import io.ftpalg.it.NamespaceNetwork.Topology;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that the kernel carries, with real clients and servers, through the jar between network namespaces; and what falls back. */
@Timeout(240)
class KernelPlaneIT {
    private static final List<ServerKind> KINDS = List.of(ServerKind.VSFTPD, ServerKind.PROFTPD, ServerKind.PURE_FTPD);
    private static final List<Integer> SIZES = List.of(0, 100 << 10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GATEWAY_PORT = 2121;
    private static final String LIMITS =
            "{sessions-per-address: 2000, new-sessions-per-second: 2000, passive-share: 100}";

    private static final Map<Topology, World> WORLDS = new EnumMap<>(Topology.class);

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /** Hosts, with a gateway for each server. */
    private static final class World implements AutoCloseable {
        private final NamespaceNetwork network;
        private final Deque<AutoCloseable> owned = new ArrayDeque<>();
        private final List<TestServer> servers = new ArrayList<>();
        private final ConfiguredJar jar;

        World(Topology topology, List<ServerKind> kinds, List<Boolean> families) {
            network = NamespaceNetwork.create(topology);
            owned.push(network);
            try {
                network.run(
                        Host.GATEWAY,
                        List.of(
                                "sysctl",
                                "-qw",
                                "net.ipv4.ip_forward=1",
                                "net.ipv6.conf.all.forwarding=1",
                                "net.ipv4.conf.all.send_redirects=0"),
                        "");
                StringBuilder listeners = new StringBuilder();
                for (boolean ipv6 : families) {
                    for (ServerKind kind : kinds) {
                        TestServer server =
                                network.on(Host.SERVER, () -> kind.start(network.address(Host.SERVER, ipv6)));
                        owned.push(server);
                        listeners.append(
                                listener(network, ipv6, GATEWAY_PORT + servers.size(), server.address(), 41, 42));
                        servers.add(server);
                    }
                }
                jar = start(network, owned, "data-plane: kernel\nverbose: true\nlisteners:\n" + listeners);
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        Target target(TestServer server) {
            boolean ipv6 = server.address().getAddress().getAddress().length == 16;
            return new Target(
                    new InetSocketAddress(network.address(Host.GATEWAY, ipv6), GATEWAY_PORT + servers.indexOf(server)),
                    server.user(),
                    server.password());
        }

        /** Returns the transfer records that name this file. */
        List<String> records(String file) {
            return jar.log("transfer finished").stream()
                    .filter(line -> line.contains(file))
                    .toList();
        }

        String record(String file) {
            await(file).atMost(PATIENCE).until(() -> !records(file).isEmpty());
            return records(file).get(0);
        }

        @Override
        public void close() {
            closeAll(owned);
        }
    }

    private static String listener(
            NamespaceNetwork network, boolean ipv6, int port, InetSocketAddress server, int passive, int source) {
        String own = IpLiteral.format(network.address(Host.GATEWAY, ipv6));
        String host = IpLiteral.format(server.getAddress());
        return """
                  - bind: '%s:%d'
                    upstream: '%s:%d'
                    passive-ports: %d000-%d999
                    source-ports: %d000-%d999
                    limits: %s
                """.formatted(
                        ipv6 ? '[' + own + ']' : own,
                        port,
                        ipv6 ? '[' + host + ']' : host,
                        server.getPort(),
                        passive,
                        passive,
                        source,
                        source,
                        LIMITS);
    }

    private static ConfiguredJar start(NamespaceNetwork network, Deque<AutoCloseable> owned, String config) {
        Path folder = Workspace.create("kernel");
        owned.push(() -> Workspace.delete(folder));
        ConfiguredJar jar = network.on(Host.GATEWAY, () -> ConfiguredJar.start(folder, config));
        owned.push(jar);
        return jar;
    }

    private static void closeAll(Deque<AutoCloseable> owned) {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private World world(ServerKind kind, boolean ipv6) {
        World world = new World(Topology.ROUTED, List.of(kind), List.of(ipv6));
        owned.push(world);
        return world;
    }

    @AfterEach
    void close() {
        closeAll(owned);
    }

    @AfterAll
    static void closeWorlds() {
        WORLDS.values().forEach(World::close);
        WORLDS.clear();
    }

    // ---- real clients and servers

    static List<Arguments> matrix() {
        List<FtpClient> clients = List.of(new Curl(), new Lftp(), BsdFtp.tnftp(), new Ftplib(ClientSecurity.NONE));
        List<Arguments> all = new ArrayList<>();
        for (Topology topology : Topology.values()) {
            for (boolean ipv6 : new boolean[] {false, true}) {
                for (FtpClient client : clients) {
                    for (DataSyntax syntax : client.syntaxes(ipv6)) {
                        all.add(Arguments.of(topology, ipv6, client, syntax, KINDS.get(all.size() % KINDS.size())));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void carriesWhatRealClientsAndServersTransfer(
            Topology topology, boolean ipv6, FtpClient client, DataSyntax syntax, ServerKind kind) {
        World world = WORLDS.computeIfAbsent(topology, key -> new World(key, KINDS, List.of(false, true)));
        TestServer server = world.servers.get((ipv6 ? KINDS.size() : 0) + KINDS.indexOf(kind));

        String prefix = world.network.on(
                Host.CLIENT, () -> RoundTrip.check(client, world.target(server), syntax, server, SIZES));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.records(prefix)).hasSize(2 * SIZES.size()));
        assertThat(world.records(prefix))
                .allSatisfy(line -> assertThat(line).contains(" end=COMPLETE ").contains(" data_path=kernel "));
        for (int size : SIZES) {
            List<String> both = world.records(prefix + size + '"');
            assertThat(both)
                    .anySatisfy(line ->
                            assertThat(line).contains("verb=STOR").contains(" to_client=0 to_server=" + size + ' '));
            assertThat(both)
                    .anySatisfy(line ->
                            assertThat(line).contains("verb=RETR").contains(" to_client=" + size + " to_server=0 "));
        }
    }

    private static List<String> curl(World world, TestServer server, String file, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-o", "/dev/null"));
        command.addAll(List.of(options));
        Target target = world.target(server);
        command.add("ftp://" + target.user() + ':' + target.password() + '@' + target.authority() + TestServer.DIRECTORY
                + '/' + file);
        return command;
    }

    private static String download(World world, String file, String... options) {
        world.network.run(Host.CLIENT, curl(world, world.servers.get(0), file, options), "");
        return world.record(file);
    }

    /** More than sequence numbers count. */
    @Test
    void countsMoreThanFourGibibytes() {
        World world = world(ServerKind.VSFTPD, false);
        long size = (4L << 30) + 12_345;
        Payload.sparse(world.servers.get(0).files().resolve("big"), size);

        assertThat(download(world, "big")).contains(" to_client=" + size + ' ').contains(" data_path=kernel ");
    }

    // ---- what falls back

    @Test
    void relaysWhereTheHostDoesNotForwardAndNamesTheSetting() {
        World world = world(ServerKind.VSFTPD, false);
        Payload.file(world.servers.get(0).files().resolve("f"), 1000);
        world.network.run(Host.GATEWAY, List.of("sysctl", "-qw", "net.ipv4.ip_forward=0"), "");

        for (int i = 0; i < 4; i++) {
            download(world, "f");
        }

        await().atMost(PATIENCE).until(() -> world.jar.log("transfer finished").size() == 4);
        assertThat(world.jar.log("transfer finished")).hasSize(4).allSatisfy(line -> assertThat(line)
                .contains(" end=COMPLETE ")
                .contains(" to_client=1000 ")
                .contains(" data_path=splice "));
        assertThat(world.jar.log("kernel data plane unusable"))
                .singleElement()
                .asString()
                .contains("net.ipv4.ip_forward");
    }

    /** A chain of others that drops; and the chain that docs/kernel-plane.md prints, which does not. */
    @Test
    void relaysWhereAChainDropsAndIsCarriedThroughTheGuardAsPrinted() throws IOException {
        World world = world(ServerKind.VSFTPD, false);
        Payload.file(world.servers.get(0).files().resolve("dropped"), 1000);
        world.network.run(
                Host.GATEWAY,
                List.of("nft", "-f", "-"),
                "table inet other {\nchain forward {\ntype filter hook forward priority 0; policy drop;\n}\n}\n");

        assertThat(download(world, "dropped")).contains(" data_path=splice ");

        world.network.run(Host.GATEWAY, List.of("nft", "-f", "-"), "delete table inet other\n" + guard());
        Payload.file(world.servers.get(0).files().resolve("guarded"), 1000);
        assertThat(download(world, "guarded")).contains(" data_path=kernel ");
        assertThat(world.network.on(
                        Host.CLIENT,
                        () -> Program.run(
                                Path.of("/"),
                                List.of(
                                        "curl",
                                        "-sS",
                                        "-m",
                                        "2",
                                        "ftp://"
                                                + IpLiteral.format(
                                                        world.servers.get(0).address())),
                                "",
                                PATIENCE)))
                .as("past the gateway")
                .contains("[exit 28]");
    }

    private static String guard() throws IOException {
        String doc = Files.readString(Path.of("../docs/kernel-plane.md"));
        String block = doc.substring(doc.indexOf("<!-- guard -->"));
        block = block.substring(block.indexOf("```\n") + 4);
        return block.substring(0, block.indexOf("```"));
    }

    /** By an address of the gateway that clients do not connect to: its packets would never be forwarded. */
    @Test
    void relaysToAServerOnTheGatewaysHost() {
        NamespaceNetwork network = NamespaceNetwork.create(Topology.ROUTED);
        owned.push(network);
        network.run(Host.GATEWAY, List.of("sysctl", "-qw", "net.ipv4.ip_forward=1"), "");
        TestServer server =
                network.on(Host.GATEWAY, () -> ServerKind.VSFTPD.start(network.gatewayTowardsServer(false)));
        owned.push(server);
        ConfiguredJar jar = start(
                network,
                owned,
                "data-plane: kernel\nverbose: true\nlisteners:\n"
                        + listener(network, false, GATEWAY_PORT, server.address(), 41, 42));
        Payload.file(server.files().resolve("f"), 1000);

        network.run(
                Host.CLIENT,
                List.of(
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "ftp://" + IpLiteral.format(network.address(Host.GATEWAY, false)) + ':' + GATEWAY_PORT
                                + "/pub/f"),
                "");

        assertThat(jar.awaitLog("transfer finished", 1)).contains(" data_path=splice ");
        assertThat(jar.log("not carried by the kernel: client or server is on this host"))
                .isNotEmpty();
    }

    /** Somebody else at a data port is reported and refused, and the client still gets there. */
    @Test
    void refusesAnUnexpectedPeerAndCarriesTheClient() throws Exception {
        World world = world(ServerKind.VSFTPD, false);
        Payload.file(world.servers.get(0).files().resolve("f"), 1000);
        String record = world.network.on(Host.CLIENT, () -> {
            try (RawFtp ftp = RawFtp.login(world.target(world.servers.get(0)))) {
                RawFtp.Reply reply = ftp.ask("PASV");
                InetSocketAddress port = PassiveReply.address(reply.text(), world.network.address(Host.GATEWAY, false));
                int status = world.network.on(Host.SERVER, () -> {
                    try (Socket other = new Socket()) {
                        other.connect(
                                new InetSocketAddress(world.network.gatewayTowardsServer(false), port.getPort()), 2000);
                        return other.getInputStream().read();
                    } catch (IOException e) {
                        return -1;
                    }
                });
                assertThat(status).isEqualTo(-1);
                try (Socket data = new Socket(port.getAddress(), port.getPort())) {
                    assertThat(ftp.ask("RETR f").code()).isEqualTo(150);
                    assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
                }
                assertThat(ftp.read().code()).isEqualTo(226);
            }
            return world.record("f\"");
        });

        assertThat(record).contains(" data_path=kernel ").contains(" end=COMPLETE ");
    }

    // ---- faults

    /** The table goes with the process, and with it the connections. */
    @Test
    void leavesNothingBehindWhereItIsKilled() throws Exception {
        World world = world(ServerKind.VSFTPD, false);
        Payload.sparse(world.servers.get(0).files().resolve("big"), 1L << 30);
        world.network.on(Host.CLIENT, () -> {
            try (RawFtp client = RawFtp.login(world.target(world.servers.get(0)));
                    Socket data = client.open(DataSyntax.PASV, "RETR big")) {
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);

                world.jar.close();
                await().atMost(PATIENCE).until(() -> !world.network
                        .run(Host.GATEWAY, List.of("nft", "list", "tables"), "")
                        .contains("ftp_alg"));

                assertThatThrownBy(() -> sendAndReceive(data)).hasMessageContaining("reset");
                return client;
            }
        });
    }

    /** A reset answers a packet. A client that only reads sends none while its window is open, so it sends a byte. */
    private static byte[] sendAndReceive(Socket data) throws IOException {
        data.getOutputStream().write(0);
        return data.getInputStream().readAllBytes();
    }

    /** The client reads on only when the rules are gone, so that the connection is surely open until then. */
    @Test
    void isSparedByFlushRuleset() throws Exception {
        World world = world(ServerKind.VSFTPD, false);
        int size = 20 << 20;
        Payload.sparse(world.servers.get(0).files().resolve("big"), size);
        world.network.on(Host.CLIENT, () -> {
            try (RawFtp client = RawFtp.login(world.target(world.servers.get(0)));
                    Socket data = client.open(DataSyntax.PASV, "RETR big")) {
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);

                world.network.run(Host.GATEWAY, List.of("nft", "flush", "ruleset"), "");

                assertThat(data.getInputStream().readAllBytes()).hasSize(size - 1);
                return client.read().code();
            }
        });
        assertThat(world.record("big")).contains(" end=COMPLETE ").contains(" data_path=kernel ");
        Payload.file(world.servers.get(0).files().resolve("next"), 1000);
        assertThat(download(world, "next")).contains(" data_path=kernel ");
    }

    /** Flushed entries: each end is reset when it sends its next packet; what is known is recorded. */
    @Test
    void recordsWhatConntrackLost() throws Exception {
        World world = world(ServerKind.VSFTPD, false);
        Payload.sparse(world.servers.get(0).files().resolve("big"), 1L << 30);
        world.network.on(Host.CLIENT, () -> {
            try (RawFtp client = RawFtp.login(world.target(world.servers.get(0)));
                    Socket data = client.open(DataSyntax.PASV, "RETR big")) {
                assertThat(data.getInputStream().readNBytes(1)).hasSize(1);

                world.network.run(Host.GATEWAY, List.of("conntrack", "-F"), "");

                assertThatThrownBy(() -> sendAndReceive(data)).hasMessageContaining("reset");
                return client.read().code();
            }
        });
        assertThat(world.record("big")).contains(" data_path=kernel ").doesNotContain(" end=COMPLETE ");
    }

    @ParameterizedTest
    @CsvSource({"second, 2122, true", "data, 2122, false", "second, 2121, false"})
    void runsBesideAnotherOfAnotherNameAndGroup(String name, int group, boolean runs) throws Exception {
        World world = world(ServerKind.VSFTPD, false);
        String config = "data-plane: kernel\nkernel-name: " + name + "\nkernel-log-group: " + group + "\nlisteners:\n"
                + listener(world.network, false, 2200, world.servers.get(0).address(), 43, 44);
        Payload.file(world.servers.get(0).files().resolve("f"), 1000);

        if (!runs) {
            Path folder = Workspace.create("second");
            Path file = Files.writeString(folder.resolve("gateway.yaml"), config);
            String said = world.network.on(
                    Host.GATEWAY,
                    () -> Program.run(
                            folder,
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-jar",
                                    Objects.requireNonNull(System.getProperty("ftpalg.jar")),
                                    "--config",
                                    file.toString()),
                            "",
                            PATIENCE));
            Workspace.delete(folder);
            assertThat(said).contains("(configure another ").doesNotContain("[exit 0]");
            return;
        }
        ConfiguredJar second = start(world.network, owned, config);
        Target target =
                new Target(new InetSocketAddress(world.network.address(Host.GATEWAY, false), 2200), "anonymous", "a");
        world.network.run(
                Host.CLIENT, List.of("curl", "-sS", "-o", "/dev/null", "ftp://" + target.authority() + "/pub/f"), "");

        assertThat(second.awaitLog("transfer finished", 1)).contains(" data_path=kernel ");
        assertThat(download(world, "f")).contains(" data_path=kernel ");
    }

    // ---- many

    /** A server that answers each session as a thousand of them need it, and no more. */
    private static void serve(Socket control) {
        try (control;
                ServerSocket files = new ServerSocket(0, 1, control.getLocalAddress())) {
            BufferedReader in = new BufferedReader(new InputStreamReader(control.getInputStream(), US_ASCII));
            say(control, "220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line.split(" ")[0]) {
                    case "USER" -> say(control, "331 word");
                    case "PASS" -> say(control, "230 in");
                    case "TYPE" -> say(control, "200 ok");
                    case "CWD" -> say(control, "250 ok");
                    case "EPSV" -> say(control, "229 ok (|||" + files.getLocalPort() + "|)");
                    case "RETR" -> {
                        say(control, "150 here");
                        try (Socket data = files.accept()) {
                            data.getOutputStream().write(new byte[1000]);
                        }
                        say(control, "226 done");
                    }
                    default -> say(control, "221 bye");
                }
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    @Test
    void carriesAThousandSessionsAtOnce() throws Exception {
        int sessions = 1000;
        NamespaceNetwork network = NamespaceNetwork.create(Topology.ROUTED);
        owned.push(network);
        network.run(Host.GATEWAY, List.of("sysctl", "-qw", "net.ipv4.ip_forward=1"), "");
        ServerSocket listening =
                network.on(Host.SERVER, () -> new ServerSocket(2100, 500, network.address(Host.SERVER, false)));
        owned.push(listening);
        // Its threads are on the host of the thread that starts them.
        network.on(Host.SERVER, () -> {
            Thread accepting = new Thread(() -> {
                try {
                    while (true) {
                        Socket control = listening.accept();
                        new Thread(() -> serve(control)).start();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            accepting.setDaemon(true);
            accepting.start();
            return accepting;
        });
        ConfiguredJar jar = start(
                network,
                owned,
                "data-plane: kernel\nlisteners:\n"
                        + listener(
                                        network,
                                        false,
                                        GATEWAY_PORT,
                                        new InetSocketAddress(network.address(Host.SERVER, false), 2100),
                                        41,
                                        42)
                                .replace("41000-41999", "40000-41999")
                                .replace("42000-42999", "42000-45999"));
        InetSocketAddress gateway = new InetSocketAddress(network.address(Host.GATEWAY, false), GATEWAY_PORT);

        List<RawFtp> clients = network.on(Host.CLIENT, () -> {
            List<RawFtp> opened = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                opened.add(RawFtp.login(new Target(gateway, "a", "b")));
            }
            return opened;
        });
        List<InetSocketAddress> ports = network.on(Host.CLIENT, () -> {
            List<InetSocketAddress> agreed = new ArrayList<>();
            for (RawFtp client : clients) {
                agreed.add(PassiveReply.address(client.ask("EPSV").text(), gateway.getAddress()));
            }
            return agreed;
        });
        int received = network.on(Host.CLIENT, () -> {
            List<Socket> connected = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                clients.get(i).send("RETR f" + i);
                connected.add(new Socket(ports.get(i).getAddress(), ports.get(i).getPort()));
            }
            int sum = 0;
            for (int i = 0; i < sessions; i++) {
                sum += connected.get(i).getInputStream().readAllBytes().length;
                connected.get(i).close();
                assertThat(clients.get(i).read().code()).isEqualTo(150);
                assertThat(clients.get(i).read().code()).isEqualTo(226);
                clients.get(i).close();
            }
            return sum;
        });

        assertThat(received).isEqualTo(sessions * 1000);
        jar.awaitLog("transfer finished", sessions);
        assertThat(jar.log("transfer finished")).hasSize(sessions).allSatisfy(line -> assertThat(line)
                .contains(" end=COMPLETE ")
                .contains(" to_client=1000 ")
                .contains(" data_path=kernel "));
    }
}
