package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways behind real balancers that name the client by the PROXY protocol, by the configs of docs/places.md. */
@Timeout(300)
class BalancerIT {
    private static final Path DOC = Path.of("../docs/places.md");
    private static final String OUTSIDE = "127.0.0.5";
    private static final String FIRST = "127.0.0.3";
    private static final String SECOND = "127.0.0.4";
    private static final int CLIENTS = 30;
    private static final int SESSIONS = 100;
    private static final int ATTEMPTS = 20;

    @TempDir
    private Path temp = Path.of(".");

    private final List<AutoCloseable> running = new ArrayList<>();
    private TestServer server;
    private final InetSocketAddress outside = NativeServer.freePort(address(OUTSIDE));

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    @BeforeEach
    void startServer() {
        server = run(ApacheFtp.start(Loopback.SERVER, ServerSecurity.NONE));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private <T extends AutoCloseable> T run(T started) {
        running.add(started);
        return started;
    }

    /** L8: 30 clients at once on 20 data ports, HAProxy with version 2 in front: no file is lost or cut. */
    @Test
    void losesNoFileBehindHaproxy() throws Exception {
        ConfiguredJar gateway = gateway(FIRST, 24_500, "");
        run(Balancer.haproxy(haproxy(gateway, FIRST, 24_500), OUTSIDE, outside));

        moveFiles();

        assertNamesClients(gateway);
    }

    @Test
    void losesNoFileBehindHaproxyWithVersion1() throws Exception {
        ConfiguredJar gateway = gateway(FIRST, 24_520, "");
        run(Balancer.haproxy(haproxy(gateway, FIRST, 24_520).replace("send-proxy-v2", "send-proxy"), OUTSIDE, outside));

        moveFiles();

        assertNamesClients(gateway);
    }

    /** The other relay reads headers in another way. */
    @Test
    void losesNoFileThroughBuffers() throws Exception {
        ConfiguredJar gateway = gateway(FIRST, 24_540, "relay: buffer\n");
        run(Balancer.haproxy(haproxy(gateway, FIRST, 24_540), OUTSIDE, outside));

        moveFiles();

        assertNamesClients(gateway);
    }

    @Test
    void losesNoFileBehindNginx() throws Exception {
        ConfiguredJar gateway = gateway(FIRST, 24_560, "");
        run(Balancer.nginx(placed(block("nginx"), gateway, FIRST, 24_560), OUTSIDE, outside));

        moveFiles();

        assertNamesClients(gateway);
    }

    /** Two gateways with passive ports of their own serve 100 clients; killing one ends its sessions and no others. */
    @Test
    void endsTheSessionsOfTheGatewayThatFailsOnly() throws Exception {
        ConfiguredJar first = gateway(FIRST, 24_600, "");
        ConfiguredJar second = gateway(SECOND, 24_700, "");
        String sections = haproxy(first, FIRST, 24_600)
                        .replace(
                                "listen ftp-data1",
                                "    server gateway2 " + at(second) + " send-proxy-v2\nlisten ftp-data1")
                + "listen ftp-data2\n    bind " + OUTSIDE + ":24700-24719\n    server gateway2 " + SECOND
                + " send-proxy-v2\n";
        run(Balancer.haproxy(sections, OUTSIDE, outside));
        byte[] content = content(1);
        Files.write(server.files().resolve("shared"), content);
        List<RawFtp> ofFirst = new ArrayList<>();
        List<RawFtp> ofSecond = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            RawFtp client = run(RawFtp.login(target()));
            InetSocketAddress port = download(client, content);
            assertThat(port.getAddress()).isEqualTo(address(OUTSIDE));
            (port.getPort() < 24_700 ? ofFirst : ofSecond).add(client);
        }
        assertThat(ofFirst).hasSizeBetween(SESSIONS / 4, 3 * SESSIONS / 4);

        first.close();

        for (RawFtp client : ofFirst) {
            assertThat(client.readToEnd()).isEmpty();
        }
        for (RawFtp client : ofSecond) {
            assertThat(client.download(DataSyntax.PASV, "RETR shared")).isEqualTo(content);
        }
    }

    /** R7: a port map that shifts the passive ports, with a name for the address, which changes; inside clients have another. */
    @Test
    void announcesWhatClientsSeeOfAPortMap() throws Exception {
        NameServer names = run(NameServer.start("ftp.example.net", address(OUTSIDE), List.of()));
        String config = "name-servers: " + names.authority() + '\n'
                + block("Behind a port map", "yaml")
                        .replace("0.0.0.0:2121", FIRST + ":0")
                        .replace("ftp.example.com", Target.of(server).authority())
                        .replace("50000-50009", "24640-24649")
                        .replace("30000", "34640")
                        .replace("10.0.0.0/8", "127.0.0.9/32");
        ConfiguredJar gateway = run(ConfiguredJar.start(Files.createDirectory(temp.resolve("mapped")), config));
        run(Balancer.haproxy(
                "listen ftp\n    bind " + OUTSIDE + ':' + outside.getPort() + "\n    server gateway " + at(gateway)
                        + "\nlisten ftp-data\n    bind " + OUTSIDE + ":34640-34649\n    server gateway " + FIRST
                        + ":-10000\n",
                "127.0.0.1",
                outside));

        moveAFile(0);
        moveAFile(1);

        try (RawFtp inside = RawFtp.connect(gateway.addresses().get(0), Loopback.STRANGER)) {
            assertThat(inside.read().code()).isEqualTo(220);
            inside.ask("USER " + server.user());
            inside.ask("PASS " + server.password());
            assertThat(inside.ask("PASV").text()).contains("10,0,0,7,135,");
        }
        names.move(address("127.0.0.6"));
        try (RawFtp client = RawFtp.login(target())) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(client.ask("PASV").text()).contains("127,0,0,6,135,"));
        }
    }

    // ---- the parts

    private Target target() {
        return new Target(outside, server.user(), server.password());
    }

    /** Starts a gateway by the config of the docs. */
    private ConfiguredJar gateway(String host, int ports, String program) throws IOException {
        String config = block("yaml")
                .replace("10.0.0.11:2121", host + ":0")
                .replace("10.0.0.5", OUTSIDE)
                .replace("ftp.example.com", Target.of(server).authority())
                .replace("50000-50019", range(ports));
        String limits = "    limits: {new-sessions-per-second: 1000, sessions-per-address: 1000}\n";
        Path folder = Files.createDirectory(temp.resolve("gateway" + ports));
        return run(ConfiguredJar.start(folder, program + config + limits));
    }

    private String haproxy(ConfiguredJar gateway, String host, int ports) throws IOException {
        return placed(block("haproxy"), gateway, host, ports);
    }

    private String placed(String config, ConfiguredJar gateway, String host, int ports) {
        return config.replace("203.0.113.5:21", OUTSIDE + ':' + outside.getPort())
                .replace("203.0.113.5", OUTSIDE)
                .replace("10.0.0.11:2121", at(gateway))
                .replace("10.0.0.11", host)
                .replace("50000-50019", range(ports));
    }

    private static String at(ConfiguredJar gateway) {
        InetSocketAddress address = gateway.addresses().get(0);
        return IpLiteral.format(address.getAddress()) + ':' + address.getPort();
    }

    private static String range(int first) {
        return first + "-" + (first + 19);
    }

    /** Returns the first block of this language in the section about balancers. */
    private static String block(String language) throws IOException {
        return block("Behind a balancer", language);
    }

    private static String block(String title, String language) throws IOException {
        String doc = Files.readString(DOC);
        String section = doc.substring(doc.indexOf("\n## " + title + "\n"));
        Matcher block = Pattern.compile("\n```" + language + "\n(.*?)```\n", Pattern.DOTALL)
                .matcher(section);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    private static void assertNamesClients(ConfiguredJar gateway) {
        assertThat(gateway.log("session opened")).isNotEmpty().allMatch(line -> ConfiguredJar.value(line, "client")
                .startsWith("127.0.0.1:"));
        assertThat(gateway.log("peer rejected")).isEmpty();
    }

    // ---- the clients

    private void moveFiles() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                all.add(clients.submit(() -> {
                    moveAFile(client);
                    return client;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void moveAFile(int client) throws IOException {
        byte[] content = content(client);
        Path folder = Files.createDirectory(temp.resolve("client" + client));
        Path local = Files.write(folder.resolve("local"), content);
        Path back = folder.resolve("back");
        DataSyntax syntax = client % 2 == 0 ? DataSyntax.PASV : DataSyntax.EPSV;

        transfer(folder, syntax, new Step.Put(local, "moved" + client));
        assertThat(Files.readAllBytes(server.files().resolve("moved" + client))).isEqualTo(content);
        transfer(folder, syntax, new Step.Get("moved" + client, back));
        assertThat(Files.readAllBytes(back)).isEqualTo(content);
    }

    /** A client that finds all data ports taken gets a 425, and asks again; nothing else may fail. */
    private void transfer(Path folder, DataSyntax syntax, Step step) {
        String output = "";
        for (int i = 0; i < ATTEMPTS; i++) {
            output = new Curl().run(folder, target(), syntax, List.of(step));
            if (output.contains("[exit 0]")) {
                return;
            }
            assertThat(output).contains("< 425 ");
        }
        throw new AssertionError(output);
    }

    /** Fetches the shared file, and returns the data port that it came from. */
    private static InetSocketAddress download(RawFtp client, byte[] content) throws IOException {
        try (DataPort port = client.agree(DataSyntax.PASV)) {
            port.connect();
            client.send("RETR shared");
            try (Socket connection = port.accept()) {
                assertThat(client.read().preliminary()).isTrue();
                assertThat(connection.getInputStream().readAllBytes()).isEqualTo(content);
            }
            assertThat(client.read().code()).isEqualTo(226);
            return port.address();
        }
    }

    private static byte[] content(int seed) {
        byte[] content = new byte[400_000 + seed];
        new Random(seed).nextBytes(content);
        return content;
    }
}
